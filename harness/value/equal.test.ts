import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { anyValue, nested, WRAPPERS } from './arbitrary.util.js';
import { canonicalText } from './canonical-text.js';
import {
  ByteString,
  Complex,
  equal,
  fromJson,
  InterfaceValue,
  MAX_DEPTH,
  toJson,
  type Value,
  type ValueMap,
} from './index.js';

const bytes = (...items: number[]): Uint8Array => Uint8Array.of(...items);
const map = (...entries: [Value, Value][]): ValueMap => new Map(entries);

describe('equal', () => {
  it.each<[name: string, a: Value, b: Value]>([
    ['NaN and NaN', NaN, NaN],
    ['0 and -0', 0, -0],
    ['a number and a bigint', 12, 12n],
    ['a large float and its integer', 2 ** 63, 2n ** 63n],
    ['bytes', bytes(1, 2), bytes(1, 2)],
    ['byte strings', new ByteString(bytes(255)), new ByteString(bytes(255))],
    ['complex with NaN', new Complex(NaN, 0), new Complex(NaN, -0)],
    ['interfaces', new InterfaceValue('T', [1]), new InterfaceValue('T', [1n])],
    ['structs in another order', { A: 1, B: [2] }, { B: [2], A: 1 }],
    ['maps in another order', map(['a', 1], ['b', 2]), map(['b', 2], ['a', 1])],
    ['maps with integer keys of both kinds', map([1, 'x']), map([1n, 'x'])],
    ['maps with compound keys', map([{ A: 1 }, 1], [[2], 2]), map([[2], 2], [{ A: 1 }, 1])],
    ['maps with keys that read alike', map([[1], 'x'], [[1], 'y']), map([[1], 'y'], [[1], 'x'])],
  ])('%s', (_name, a, b) => {
    expect(equal(a, b)).toBe(true);
    expect(equal(b, a)).toBe(true);
    expect(canonicalText(a)).toBe(canonicalText(b));
  });

  it.each<[name: string, a: Value, b: Value]>([
    ['a number and its text', 1, '1'],
    ['a number and null', 0, null],
    ['a float and a near integer', 1.5, 1n],
    ['2^53 + 1 and its nearest number', 2n ** 53n + 1n, 2 ** 53],
    ['infinity and minus infinity', Infinity, -Infinity],
    ['bytes of another length', bytes(1), bytes(1, 0)],
    ['bytes and a byte string', bytes(255), new ByteString(bytes(255))],
    ['complex', new Complex(1, 2), new Complex(2, 1)],
    ['interfaces of other types', new InterfaceValue('T', 1), new InterfaceValue('U', 1)],
    ['an interface and what it holds', new InterfaceValue('T', 1), 1],
    ['a struct and a list', {}, []],
    ['a struct and a map', {}, map()],
    ['a struct and null', {}, null],
    ['structs with other names', { A: 1 }, { B: 1 }],
    ['a field that is only inherited', { toString: null }, { A: null }],
    ['structs with more', { A: 1 }, { A: 1, B: 0 }],
    ['lists of another length', [1], [1, 1]],
    ['maps with another value', map(['a', 1]), map(['a', 2])],
    ['maps with another key', map(['a', 1]), map(['b', 1])],
    ['maps with other compound keys', map([[1], 1]), map([[2], 1])],
    ['maps with other values of like keys', map([[1], 'x'], [[1], 'y']), map([[1], 'x'], [[1], 'x'])],
    ['maps with a string and a number key', map(['1', 1]), map([1, 1])],
  ])('not %s', (_name, a, b) => {
    expect(equal(a, b)).toBe(false);
    expect(equal(b, a)).toBe(false);
    expect(canonicalText(a)).not.toBe(canonicalText(b));
  });

  it('agrees with the canonical text, and holds for a copy', () => {
    fc.assert(
      fc.property(anyValue, anyValue, (a, b) => {
        expect(equal(a, fromJson(toJson(a)))).toBe(true);
        expect(equal(a, b)).toBe(canonicalText(a) === canonicalText(b));
      }),
      { numRuns: 1000 },
    );
  });

  it('is quick on many compound keys that read alike', () => {
    const entries = (): [Value, Value][] => Array.from({ length: 20_000 }, (_, i) => [[1], i]);
    expect(equal(map(...entries()), map(...entries().reverse()))).toBe(true);
  });

  it.each(Object.entries(WRAPPERS))('goes to the depth limit and no further: %s', (_name, wrap) => {
    expect(equal(nested(MAX_DEPTH, wrap), nested(MAX_DEPTH, wrap))).toBe(true);
    const tooDeep = expect.objectContaining({ code: 'VALUE_TOO_DEEP' });
    expect(() => equal(nested(100_000, wrap), nested(100_000, wrap))).toThrow(tooDeep);
  });
});
