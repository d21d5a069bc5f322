import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { equal } from '../value/index.js';
import { anyTyped } from './gob-arbitrary.util.js';
import {
  adopt,
  compareTypes,
  Decoder,
  Encoder,
  FLOAT,
  INT,
  INTERFACE,
  struct,
  typeToString,
  UINT,
  zeroValue,
} from './index.js';

const hex = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replaceAll(/(..)(?!$)/g, '$1 ');

describe('the examples of doc.go', () => {
  it('a Point', () => {
    const encoder = new Encoder();
    const point = struct('Point', { X: INT, Y: INT });
    const definition =
      '1f ff 81 03 01 01 05 50 6f 69 6e 74 01 ff 82 00 01 02 01 01 58 01 04 00 01 01 59 01 04 00 00 00';
    const value = '07 ff 82 01 2c 01 42 00';
    expect(hex(encoder.encode(point, { X: 22, Y: 33 }))).toBe(`${definition} ${value}`);
    expect(hex(encoder.encode(point, { X: 22, Y: 33 }))).toBe(value);
  });

  it.each([
    ['the integer 3', INT, 3, '03 04 00 06'],
    ['-129', INT, -129, '05 04 00 fe 01 01'],
    ['256 without a sign', UINT, 256, '05 06 00 fe 01 00'],
    ['17.0', FLOAT, 17, '05 08 00 fe 31 40'],
    ['a nil interface', INTERFACE, null, '03 10 00 00'],
  ])('%s', (_name, type, value, bytes) => {
    expect(hex(new Encoder().encode(type, value))).toBe(bytes);
  });
});

describe('what is encoded is decoded', () => {
  it('to the same values of a type without differences', () => {
    fc.assert(
      fc.property(anyTyped, ([type, values]) => {
        const encoder = new Encoder();
        const decoder = new Decoder();
        const decoded = values.flatMap((value) => decoder.push(encoder.encode(type, value)));
        decoder.end();
        expect(
          equal(
            decoded.map(({ value }) => value),
            values,
          ),
        ).toBe(true);
        expect(compareTypes(decoded[0]!.type, type)).toEqual([]);
        expect(typeToString(decoded[0]!.type)).toBe(typeToString(type));
      }),
      { numRuns: 2000 },
    );
  });

  it('and adopted by its own type unchanged', () => {
    fc.assert(
      fc.property(anyTyped, ([type, values]) => {
        expect(values.every((value) => equal(adopt(value, type, type), value))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('zeros as zeros, in a struct and at the top', () => {
    fc.assert(
      fc.property(anyTyped, ([type]) => {
        const holder = struct('Holder', { Zero: type });
        const encoder = new Encoder();
        const bytes = Buffer.concat([encoder.encode(type, zeroValue(type)), encoder.encode(holder, {})]);
        const [top, held] = new Decoder().push(bytes);
        expect(equal(top!.value, zeroValue(type))).toBe(true);
        expect(equal(held!.value, { Zero: zeroValue(type) })).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
