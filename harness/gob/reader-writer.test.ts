import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { ByteString } from '../value/index.js';
import { resolveLimits } from './limits.js';
import { int, text, uint } from './raw.util.js';
import { Reader } from './reader.js';
import { Writer } from './writer.js';

/** raw.util.ts writes gob in the plainest way: it is the second opinion here. */
function written(write: (writer: Writer) => void): number[] {
  const writer = new Writer();
  write(writer);
  return [...writer.take()];
}

function read<T>(bytes: readonly number[], take: (reader: Reader) => T): T {
  const reader = new Reader(resolveLimits());
  // Other bytes around it must not be looked at.
  reader.enter(Buffer.from([0xff, ...bytes, 0xff]), 1, 1 + bytes.length);
  const value = take(reader);
  expect(reader.pos).toBe(1 + bytes.length);
  return value;
}

const asValue = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;
const edges = [7n, 8n, 16n, 24n, 31n, 32n, 33n, 48n, 51n, 52n, 53n, 54n, 56n, 62n, 63n, 64n].flatMap((bits) =>
  [-2n, -1n, 0n, 1n, 2n].map((delta) => 2n ** bits + delta),
);
const unsigned = [0n, 1n, ...edges].filter((value) => value < 2n ** 64n);
const signed = [0n, ...edges, ...edges.map((value) => -value)].filter(
  (value) => value >= -(2n ** 63n) && value < 2n ** 63n,
);

describe('integers', () => {
  it.each(unsigned)('%d without a sign', (value) => {
    expect(written((writer) => writer.bigUint(value))).toEqual(uint(value));
    expect(read(uint(value), (reader) => reader.uint())).toBe(asValue(value));
    expect(read(uint(value), (reader) => reader.uintNumber())).toBe(Number(value));
  });

  it.each(signed)('%d with a sign', (value) => {
    expect(written((writer) => writer.bigInt(value))).toEqual(int(value));
    expect(read(int(value), (reader) => reader.int())).toBe(asValue(value));
  });

  it('are the same from numbers', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(written((writer) => writer.int(value))).toEqual(int(value));
        expect(written((writer) => writer.uint(Math.abs(value)))).toEqual(uint(Math.abs(value)));
      }),
      { numRuns: 1000 },
    );
    for (const value of unsigned.filter((edge) => BigInt(Number(edge)) === edge)) {
      expect(written((writer) => writer.uint(Number(value)))).toEqual(uint(value));
    }
  });
});

describe('floats', () => {
  it('are their bits, reversed, as an unsigned integer', () => {
    const values = fc.oneof(
      fc.double(),
      fc.integer(),
      fc.float(),
      fc.constantFrom(0, -0, 2, -2, 256, 2 ** -1074),
    );
    fc.assert(
      fc.property(values, (value) => {
        const bits = Buffer.alloc(8);
        bits.writeDoubleLE(value);
        const bytes = written((writer) => writer.float(value));
        expect(bytes).toEqual(uint(bits.readBigUInt64BE()));
        expect(read(bytes, (reader) => reader.float())).toBe(value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('strings', () => {
  it('are their length and their UTF-8', () => {
    const units = ['grapheme-ascii', 'grapheme', 'binary'] as const;
    const strings = fc
      .constantFrom(...units)
      .chain((unit) => fc.string({ unit, maxLength: 150, size: 'max' }));
    fc.assert(
      fc.property(strings, (value) => {
        expect(written((writer) => writer.string(value))).toEqual(text(value));
        expect(read(text(value), (reader) => reader.string())).toBe(value);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([0, 1, 19, 20, 21, 41, 42, 43, 127, 128, 300])('of %d characters, each kind', (length) => {
    for (const unit of ['a', 'ä', '中', '💡']) {
      const value = unit.repeat(length);
      expect(written((writer) => writer.string(value))).toEqual(text(value));
      expect(read(text(value), (reader) => reader.string())).toBe(value);
    }
  });

  it('keep their bytes where those are not UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (array) => {
        const bytes = Uint8Array.from(array);
        const value = read([...uint(bytes.length), ...bytes], (reader) => reader.string());
        const kept = value instanceof ByteString ? value.bytes : Uint8Array.from(Buffer.from(value));
        expect(kept).toEqual(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  it('tell whether they had UTF-8', () => {
    const writer = new Writer();
    const told = ['a', 'ä', '💡', '\ud83d', 'x'.repeat(50), `${'x'.repeat(50)}\udca1`].map((value) =>
      writer.string(value),
    );
    expect(told).toEqual([true, true, true, false, true, false]);
  });
});

it('a writer grows, and starts small again after something large', () => {
  const writer = new Writer();
  for (const size of [10, 5_000_000, 10]) {
    writer.reset();
    writer.bytes(new Uint8Array(size).fill(7));
    expect(writer.take().length).toBe(size + uint(size).length);
    expect(writer.take().at(-1)).toBe(7);
  }
});
