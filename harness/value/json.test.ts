import { isDeepStrictEqual } from 'node:util';

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyValue, nested, WRAPPERS } from './arbitrary.util.js';
import {
  ByteString,
  Complex,
  fromJson,
  InterfaceValue,
  type JsonValue,
  MAX_DEPTH,
  toJson,
  type Value,
  ValueError,
} from './index.js';

const TABLE: [name: string, value: Value, json: JsonValue][] = [
  ['null', null, null],
  ['a boolean', true, true],
  ['a number', 1.5, 1.5],
  ['a large float', 2 ** 70, 2 ** 70],
  ['a bigint', 9223372036854775807n, { $int: '9223372036854775807' }],
  ['a small bigint', -5n, { $int: '-5' }],
  ['NaN', NaN, { $float: 'NaN' }],
  ['infinity', Infinity, { $float: 'Infinity' }],
  ['minus infinity', -Infinity, { $float: '-Infinity' }],
  ['minus zero', -0, { $float: '-0' }],
  ['a string', 'Lämpchen 💡', 'Lämpchen 💡'],
  ['a lone surrogate', '\ud800', '\ud800'],
  ['bytes', Uint8Array.of(1, 2, 255), { $bytes: 'AQL/' }],
  ['no bytes', new Uint8Array(0), { $bytes: '' }],
  ['a string that is not UTF-8', new ByteString(Uint8Array.of(0xff)), { $string: '/w==' }],
  ['a complex', new Complex(1, NaN), { $complex: [1, { $float: 'NaN' }] }],
  ['an interface', new InterfaceValue('int', 7), { $interface: { type: 'int', value: 7 } }],
  ['a map', new Map<Value, Value>([[1, 'a']]), { $map: [[1, 'a']] }],
  ['a list', [1, [2]], [1, [2]]],
  ['a struct', { Id: 'x', On: false }, { Id: 'x', On: false }],
  ['a struct with a $ field', { $int: 'x', B: 1n }, { $struct: { $int: 'x', B: { $int: '1' } } }],
];

describe('tagged JSON', () => {
  it.each(TABLE)('writes %s', (_name, value, json) => {
    expect(toJson(value)).toStrictEqual(json);
  });

  it.each(TABLE)('reads %s', (_name, value, json) => {
    expect(fromJson(JSON.parse(JSON.stringify(json)) as JsonValue)).toStrictEqual(value);
  });

  it('loses nothing on the way through text', () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const text = JSON.stringify(toJson(value));
        // vitest's toStrictEqual stumbles over a field called "constructor".
        expect(isDeepStrictEqual(fromJson(JSON.parse(text) as JsonValue), value)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps a field called __proto__ a field', () => {
    const value = fromJson(JSON.parse('{"__proto__": {"polluted": 1}}') as JsonValue);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(toJson(value))).toBe('{"__proto__":{"polluted":1}}');
  });
});

describe('fromJson refuses', () => {
  it.each<[name: string, json: JsonValue, message: RegExp]>([
    ['an unknown tag', { $what: 1 }, /the top has the unknown tag "\$what"/],
    ['a tag beside a name', { A: [{ $int: '1', x: 2 }] }, /\.A\[0\] has "\$int" beside other names/],
    ['two tags', { $int: '1', $float: 'NaN' }, /beside other names/],
    ['an integer in a number', { $int: 1 }, /decimal integer/],
    ['an integer with zeros before it', { $int: '01' }, /decimal integer/],
    ['minus zero as an integer', { $int: '-0' }, /decimal integer/],
    ['a hexadecimal integer', { $int: '0x10' }, /decimal integer/],
    ['an empty integer', { $int: '' }, /decimal integer/],
    ['a float with a plain number', { $float: '1.5' }, /no float: .*-Infinity/],
    ['a float that is no string', { $float: null }, /no float/],
    ['base64 with blanks', { $bytes: 'AQ L/' }, /base64/],
    ['base64 without padding', { $bytes: '/w' }, /base64/],
    ['base64 for URLs', { $bytes: 'AQL_' }, /base64/],
    ['a $string that is not base64', { $string: 'ä' }, /base64/],
    ['bytes that are no string', { $bytes: [1] }, /base64/],
    ['a complex of one part', { $complex: [1] }, /pair/],
    ['a complex of strings', { $complex: ['1', '2'] }, /no float/],
    ['a complex with more than a tag', { $complex: [1, { $float: 'NaN', x: 1 }] }, /no float/],
    ['an interface without a type', { $interface: { value: 1 } }, /"type"/],
    ['an interface without a value', { $interface: { type: 'int' } }, /"type"/],
    ['an interface with more', { $interface: { type: 'int', value: 1, x: 1 } }, /"type"/],
    ['an interface whose type is no string', { $interface: { type: 1, value: 1 } }, /"type"/],
    ['a map that is no list', { $map: {} }, /list of/],
    [
      'a map entry of three',
      {
        $map: [
          [1, 2],
          [1, 2, 3],
        ],
      },
      /\[1\] is an entry/,
    ],
    ['a $struct without fields', { $struct: [] }, /without an object/],
  ])('%s', (_name, json, message) => {
    expect(() => fromJson(json)).toThrow(ValueError);
    expect(() => fromJson(json)).toThrow(expect.objectContaining({ code: 'VALUE_MALFORMED' }));
    expect(() => fromJson(json)).toThrow(message);
  });
});

describe.each(Object.entries(WRAPPERS))('nested in a %s', (_name, wrap) => {
  it('goes through at the depth limit', () => {
    const value = nested(MAX_DEPTH, wrap);
    expect(JSON.stringify(fromJson(JSON.parse(JSON.stringify(toJson(value))) as JsonValue))).toBe(
      JSON.stringify(value),
    );
  });

  it('is refused past it', () => {
    const tooDeep = expect.objectContaining({ code: 'VALUE_TOO_DEEP' });
    expect(() => toJson(nested(100_000, wrap))).toThrow(tooDeep);
  });
});

it('fromJson refuses nesting past the depth limit', () => {
  const json = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000)) as JsonValue;
  expect(() => fromJson(json)).toThrow(expect.objectContaining({ code: 'VALUE_TOO_DEEP' }));
});
