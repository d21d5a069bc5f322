import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';

import { nested, WRAPPERS } from './arbitrary.util.js';
import {
  ByteString,
  Complex,
  forSchema,
  fromJson,
  InterfaceValue,
  type JsonValue,
  MAX_DEPTH,
  type Value,
} from './index.js';

describe('forSchema', () => {
  it.each<[name: string, value: Value, projected: JsonValue]>([
    ['null', null, null],
    ['a string', 'x', 'x'],
    ['bytes', Uint8Array.of(1, 2, 255), 'AQL/'],
    ['a byte string', new ByteString(Uint8Array.of(0x61, 0xff)), 'a\ufffd'],
    ['a complex', new Complex(1, -2), [1, -2]],
    ['a small bigint', 5n, 5],
    ['an interface', [new InterfaceValue('T', { A: 1n })], [{ A: 1 }]],
    ['a map of strings', new Map<Value, Value>([['a', [1n]]]), { a: [1] }],
    [
      'a map of other keys',
      new Map<Value, Value>([
        [-7, 1],
        [2n ** 63n, 2],
        [true, 3],
        [new ByteString(Uint8Array.of(0xff)), 4],
        [{ A: 1 }, 5],
      ]),
      { '-7': 1, '9223372036854775808': 2, true: 3, '\ufffd': 4, '{"A":1}': 5 },
    ],
  ])('projects %s', (_name, value, projected) => {
    expect(forSchema(value)).toEqual(projected);
  });

  it('leaves NaN for the schema to refuse', () => {
    expect(forSchema([NaN])).toEqual([NaN]);
    expect(new Ajv2020().validate({ type: 'number' }, forSchema(NaN))).toBe(false);
  });

  it('shows no inherited names', () => {
    const schema = { type: 'object', required: ['constructor'] };
    expect(new Ajv2020().validate(schema, forSchema({ A: 1 }))).toBe(false);
    expect(new Ajv2020().validate(schema, forSchema(new Map([['a', 1]])))).toBe(false);
    expect(new Ajv2020().validate(schema, forSchema({ constructor: 1 }))).toBe(true);
  });

  it('keeps a field called __proto__ a field', () => {
    const value = fromJson(JSON.parse('{"__proto__": 1}') as JsonValue);
    expect(JSON.stringify(forSchema(value))).toBe('{"__proto__":1}');
  });

  it.each(Object.entries(WRAPPERS))('goes to the depth limit and no further: %s', (_name, wrap) => {
    expect(() => forSchema(nested(MAX_DEPTH, wrap))).not.toThrow();
    const tooDeep = expect.objectContaining({ code: 'VALUE_TOO_DEEP' });
    expect(() => forSchema(nested(100_000, wrap))).toThrow(tooDeep);
  });
});

describe('integers against the limits of a schema', () => {
  const INT64 = [-(2n ** 63n), 2n ** 63n - 1n] as const;
  const UINT64 = [0n, 2n ** 64n - 1n] as const;
  // As JSON text, since that is where a schema's limits lose their last digits.
  const inclusive = ([min, max]: readonly [bigint, bigint]): string =>
    `{"type": "integer", "minimum": ${min}, "maximum": ${max}}`;
  const exclusive = ([min, max]: readonly [bigint, bigint]): string =>
    `{"type": "integer", "minimum": ${min}, "exclusiveMaximum": ${max + 1n}}`;
  const near = (n: bigint): bigint[] =>
    [-4096n, -2048n, -1024n, -1n, 0n, 1n, 1024n, 2048n, 4096n].map((d) => n + d);
  const EDGES = [0n, 2n ** 53n, 2n ** 63n, 2n ** 64n, -(2n ** 53n), -(2n ** 63n), -(2n ** 64n), 10n ** 400n];

  it.each([
    ['int64', INT64],
    ['uint64', UINT64],
  ] as const)('%s', (_name, range) => {
    for (const schema of [inclusive(range), exclusive(range)]) {
      const validate = new Ajv2020().compile(JSON.parse(schema) as object);
      for (const value of EDGES.flatMap(near)) {
        const inside = value >= range[0] && value <= range[1];
        expect([value, validate(forSchema(value))]).toEqual([value, inside]);
      }
    }
  });
});
