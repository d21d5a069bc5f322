import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { equal, type Value } from '../value/index.js';
import { Decoder, Encoder, GobError, STRING } from './index.js';
import { STREAMS, type Stream } from './streams.util.js';

function decode(chunks: readonly Uint8Array[]): Value[] {
  const decoder = new Decoder();
  const decoded = chunks.flatMap((chunk) => {
    // What is done to a chunk after it was pushed must not matter.
    const copy = Uint8Array.from(chunk);
    const values = decoder.push(copy);
    copy.fill(0xff);
    return values;
  });
  decoder.end();
  return decoded.map(({ value }) => value);
}

function cut(bytes: Uint8Array, at: readonly number[]): Uint8Array[] {
  const ends = [...at, bytes.length];
  return ends.map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
}

const sameValues = (a: readonly Value[], b: readonly Value[]): boolean => equal([...a], [...b]);

describe.each(STREAMS)('$name', ({ bytes, values, ends }: Stream) => {
  it('is the same cut in two anywhere', () => {
    for (let at = 0; at <= bytes.length; at++) {
      expect([at, sameValues(decode(cut(bytes, [at])), values)]).toEqual([at, true]);
    }
  });

  it('is the same byte by byte', () => {
    expect(sameValues(decode(Array.from(bytes, (byte) => Uint8Array.of(byte))), values)).toBe(true);
  });

  it('cut short, gives what is complete, and says at its end that there should be more', () => {
    for (let length = 0; length < bytes.length; length++) {
      const decoder = new Decoder();
      const decoded = decoder.push(bytes.subarray(0, length));
      const complete = ends.filter((end) => end <= length).length;
      expect(
        sameValues(
          decoded.map(({ value }) => value),
          values.slice(0, complete),
        ),
      ).toBe(true);
      expect([length, endCode(decoder)]).toEqual([
        length,
        length === 0 || ends.includes(length) ? undefined : 'GOB_TRUNCATED',
      ]);
    }
  });
});

function endCode(decoder: Decoder): string | undefined {
  try {
    decoder.end();
    return undefined;
  } catch (error) {
    return error instanceof GobError ? error.code : String(error);
  }
}

it('any stream is the same in any chunks', () => {
  const anyCut = fc.constantFrom(...STREAMS).chain((stream) => {
    const at = fc.array(fc.nat(stream.bytes.length), { maxLength: 40 });
    return at.map((places) => [stream, places.sort((a, b) => a - b)] as const);
  });
  fc.assert(
    fc.property(anyCut, ([stream, at]) => {
      expect(sameValues(decode(cut(stream.bytes, at)), stream.values)).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

it('a long stream in one chunk, and in many of the same length', () => {
  const stream = STREAMS.find(({ name }) => name === 'a stream of shared types')!;
  // Behind the definitions, the values can be repeated.
  const again = stream.bytes.subarray(stream.ends.at(-2), stream.ends.at(-1));
  const bytes = Buffer.concat([stream.bytes, ...Array.from({ length: 2000 }, () => again)]);
  for (const size of [1, 7, 1000, 4096, bytes.length]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    );
    expect(decode(chunks)).toHaveLength(stream.values.length + 2000);
  }
});

it('a large message in pieces, and small ones after it', () => {
  const encoder = new Encoder();
  const values = ['x'.repeat(200_000), 'a', 'b', 'y'.repeat(100_000), 'c'];
  const bytes = Buffer.concat(values.map((value) => encoder.encode(STRING, value)));
  const chunks = Array.from({ length: Math.ceil(bytes.length / 999) }, (_, i) =>
    bytes.subarray(i * 999, (i + 1) * 999),
  );
  expect(decode(chunks)).toEqual(values);
});
