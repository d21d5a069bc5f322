import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Complex, InterfaceValue } from '../value/index.js';
import {
  ARGS,
  argsDocument,
  HOST_SERVICES,
  methodWith,
  type MistakeCase,
  struct,
  refusalOf,
  when,
} from './contract.util.js';
import { UNLIKELY_NUMBER } from './sample-number.js';
import { UNLIKELY_TEXT } from './sample-string.js';

const MISTAKES: readonly MistakeCase[] = [
  [
    'a range without a value',
    argsDocument({ type: 'integer', minimum: 2, maximum: 1 }),
    ARGS,
    /no sample can be made \(the arguments must be at most 1, not 2\)/,
  ],
  [
    'a pattern that nothing simple matches',
    argsDocument(struct({ Code: { type: 'string', pattern: '^Q7-[xyz]{3}$' } })),
    ARGS,
    /no sample can be made \(Code must match .*, expected .*"examples"/,
  ],
  [
    'a list that is never finished',
    argsDocument(
      { $ref: '#/$defs/A' },
      { $defs: { A: { type: 'array', minItems: 1, items: { $ref: '#/$defs/A' } } } },
    ),
    ARGS,
    /no sample can be made/,
  ],
  [
    'a list of more elements than can be made',
    argsDocument({ type: 'array', minItems: 1e9, items: { type: 'string' } }),
    ARGS,
    /no sample can be made/,
  ],
  [
    'a text longer than can be made',
    argsDocument({ type: 'string', minLength: 1e12 }),
    ARGS,
    /no sample can be made/,
  ],
  [
    'examples of which none is valid',
    argsDocument({ type: 'string', minLength: 3, examples: ['a', 2] }),
    `${ARGS}/examples`,
    /no valid example \(the example must have at least 3 characters\)/,
  ],
  [
    'an example with a malformed tag',
    argsDocument({ type: 'integer', examples: [{ $int: 'x' }] }),
    `${ARGS}/examples`,
    /no valid example \(tagged JSON/,
  ],
];

const BYTES = { type: 'string', go: '[]byte', contentEncoding: 'base64' };
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A schema, its smallest sample, its unlikely one, and the second of its varied ones. */
const SAMPLES: readonly [unknown, unknown, unknown, unknown][] = [
  [{ type: 'boolean' }, false, false, true],
  [{ type: 'boolean', const: true }, true, true, true],
  [{ type: 'integer' }, 0, UNLIKELY_NUMBER, 1],
  [{ type: 'integer', minimum: 5, maximum: 9 }, 5, 9, 6],
  [{ type: 'integer', maximum: -5 }, -5, -5, -6],
  [{ type: 'integer', exclusiveMinimum: 0.5 }, 1, UNLIKELY_NUMBER, 2],
  [{ type: 'integer', minimum: 1, multipleOf: 10 }, 10, 7920, 20],
  [{ type: 'integer', minimum: 1, maximum: 2 }, 1, 2, 2],
  [{ type: 'integer', enum: [3, 1, 2] }, 3, 3, 1],
  [{ type: 'integer', go: 'uint' }, 0, UNLIKELY_NUMBER, 1],
  [{ type: 'integer', format: 'int32' }, 0, UNLIKELY_NUMBER, 1],
  [{ type: 'number' }, 0, UNLIKELY_NUMBER, 1],
  [{ type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 }, 0.25, 0.75, expect.closeTo(0.25 + 1 / 3)],
  [{ go: 'complex' }, new Complex(0, 0), new Complex(UNLIKELY_NUMBER, 0), new Complex(1, 0)],
  [{ go: 'interface' }, null, null, null],
  [{ type: 'string' }, '', UNLIKELY_TEXT, 'caller-1'],
  [{ type: 'string', minLength: 3 }, 'aaa', UNLIKELY_TEXT, 'caller-1'],
  [{ type: 'string', maxLength: 4 }, '', 'such', 'er-1'],
  [{ type: 'string', minLength: 30 }, 'a'.repeat(30), `aaaaa${UNLIKELY_TEXT}`, `${'a'.repeat(22)}caller-1`],
  [{ type: 'string', enum: ['on', 'off'] }, 'on', 'on', 'off'],
  [
    { type: 'string', pattern: '^[a-z0-9]{26}$' },
    'a'.repeat(26),
    `${'a'.repeat(22)}7919`,
    `${'a'.repeat(25)}1`,
  ],
  [{ type: 'string', pattern: '^[0-9]+$' }, '0', '7919', '1'],
  [{ type: 'string', pattern: '^[A-Z]+$' }, 'A', 'A', 'A'],
  [
    { type: 'string', format: 'uuid' },
    expect.stringMatching(/-000000000000$/),
    expect.stringMatching(/-000000001eef$/),
    expect.stringMatching(/-000000000001$/),
  ],
  [{ type: 'string', format: 'semver', should: { pattern: '^v' } }, '0.0.0', '0.0.7919', '0.0.1'],
  [{ type: 'string', should: { format: 'slug' } }, 'a', 'a-7919', 'a-1'],
  [{ type: 'string', minLength: 2, allOf: [{ minLength: 4 }, { maxLength: 5 }] }, 'aaaa', 'esuch', 'ler-1'],
  [{ type: 'string', examples: ['lamp'] }, 'lamp', UNLIKELY_TEXT, 'caller-1'],
  [{ type: 'string', pattern: '^Q7-[xyz]{3}$', examples: [7, 'Q7-xyz'] }, 'Q7-xyz', 'Q7-xyz', 'Q7-xyz'],
  [BYTES, utf8(''), utf8(UNLIKELY_TEXT), utf8('caller-1')],
  [{ ...BYTES, examples: ['AQI='] }, Uint8Array.of(1, 2), utf8(UNLIKELY_TEXT), utf8('caller-1')],
  [{ type: 'array', items: { type: 'integer' } }, [], [UNLIKELY_NUMBER], [1]],
  [{ type: 'array', maxItems: 0, items: { type: 'integer' } }, [], [], []],
  [
    { type: 'array', minItems: 2, uniqueItems: true, items: { type: 'integer' } },
    [0, 1],
    [UNLIKELY_NUMBER, 1],
    [2, 3],
  ],
  [{ type: 'array', items: { type: 'integer' }, contains: { minimum: 8 } }, [8], [UNLIKELY_NUMBER], [9]],
  [
    { type: 'array', minItems: 2, items: { type: 'integer' }, prefixItems: [{ const: 4 }, { minimum: 8 }] },
    [4, 8],
    [4, UNLIKELY_NUMBER],
    [4, 11],
  ],
  [
    { type: 'array', minItems: 2, uniqueBy: 'Key', items: struct({ Key: { type: 'string' } }) },
    [{ Key: '' }, { Key: 'caller-1' }],
    [{ Key: UNLIKELY_TEXT }, { Key: 'caller-1' }],
    [{ Key: 'caller-2' }, { Key: 'caller-3' }],
  ],
  [
    { type: 'object', additionalProperties: { type: 'integer' } },
    new Map(),
    new Map([[UNLIKELY_TEXT, UNLIKELY_NUMBER]]),
    new Map([['caller-1', 1]]),
  ],
  [
    { type: 'object', goKey: 'int', minProperties: 2, additionalProperties: { type: 'string' } },
    new Map([
      [0, ''],
      [1, ''],
    ]),
    new Map([
      [UNLIKELY_NUMBER, UNLIKELY_TEXT],
      [1, UNLIKELY_TEXT],
    ]),
    new Map([
      [2, 'caller-2'],
      [3, 'caller-3'],
    ]),
  ],
  [
    { type: 'object', goKey: 'bool', additionalProperties: { type: 'string' }, examples: [{ true: 'yes' }] },
    new Map([[true, 'yes']]),
    new Map([[false, UNLIKELY_TEXT]]),
    new Map([[true, 'caller-1']]),
  ],
  [
    {
      type: 'object',
      minProperties: 1,
      propertyNames: { minLength: 2 },
      additionalProperties: { type: 'string' },
    },
    new Map([['aa', '']]),
    new Map([[UNLIKELY_TEXT, UNLIKELY_TEXT]]),
    new Map([['caller-1', 'caller-1']]),
  ],
  [
    struct({ A: { type: 'string' }, Big: { type: 'integer', examples: [{ $int: '9223372036854775807' }] } }),
    { A: '', Big: 9223372036854775807n },
    { A: UNLIKELY_TEXT, Big: UNLIKELY_NUMBER },
    { A: 'caller-1', Big: 1 },
  ],
  [
    {
      type: 'integer',
      oneOf: [
        { const: 4, title: 'CSS' },
        { const: 5, title: 'JavaScript' },
      ],
    },
    4,
    4,
    4,
  ],
  [{ type: 'integer', maximum: 9, anyOf: [{ minimum: 10 }, { minimum: 7 }] }, 7, 9, 8],
  [
    {
      ...struct({
        Type: { type: 'integer', const: 2 },
        Values: { type: 'array', items: { type: 'string' } },
      }),
      ...when({ properties: { Type: { const: 2 } } }, { properties: { Values: { minItems: 1 } } }),
    },
    { Type: 2, Values: [''] },
    { Type: 2, Values: [UNLIKELY_TEXT] },
    { Type: 2, Values: ['caller-1'] },
  ],
];

describe('samples', () => {
  it.each(SAMPLES)('%j', (schema, smallest, unlikely, second) => {
    const method = methodWith({ args: schema, reply: schema });
    expect(method.sampleArgs()).toEqual(smallest);
    expect(method.sampleReply()).toEqual(smallest);
    expect(method.sampleArgs('unlikely')).toEqual(unlikely);
    expect(method.variedArgs(1)).toEqual(second);
    for (const value of [method.sampleArgs(), method.sampleArgs('unlikely'), method.variedArgs(1)]) {
      expect(method.violationsOfArgs(value)).toEqual([]);
    }
  });

  it.each(MISTAKES)('cannot be made of %s', (_, document, path, message) => {
    expect(refusalOf(document)).toEqual({ path, message: expect.stringMatching(message) as string });
  });

  it('are made anew for each caller', () => {
    const method = methodWith({
      args: { ...BYTES, examples: ['AQI='] },
      reply: struct({ A: { type: 'array', items: { type: 'string' } } }),
    });
    expect(method.sampleArgs()).not.toBe(method.sampleArgs());
    (method.sampleReply() as { A: string[] }).A.push('changed');
    expect(method.sampleReply()).toEqual({ A: [] });
  });

  it('have an element in the lists of a recursive type, and end there', () => {
    const method = methodWith(
      { args: { $ref: '#/$defs/Tree' } },
      {
        $defs: {
          Tree: struct({
            Name: { type: 'string' },
            Children: { type: 'array', items: { $ref: '#/$defs/Tree' } },
          }),
        },
      },
    );
    expect(method.sampleArgs()).toEqual({ Name: '', Children: [] });
    expect(method.sampleArgs('unlikely')).toEqual({ Name: UNLIKELY_TEXT, Children: [] });
  });

  it('keep conventions where they can, and do without where they cannot', () => {
    const possible = methodWith({ reply: { type: 'string', should: { minLength: 2 } } });
    expect(possible.sampleReply()).toBe('aa');
    const impossible = methodWith({ reply: { type: 'string', maxLength: 1, should: { minLength: 2 } } });
    expect(impossible.violationsOfReply(impossible.sampleReply())).toEqual([]);
    expect(impossible.conventionsOfReply(impossible.sampleReply())).toMatchObject([{ rule: 'minLength' }]);
  });

  it('tell 1,000 callers apart', () => {
    const method = methodWith({
      args: struct({ Id: { type: 'string', maxLength: 6 }, N: { type: 'integer', maximum: 9 } }),
    });
    const family = new Set(Array.from({ length: 1000 }, (_, n) => JSON.stringify(method.variedArgs(n))));
    expect(family.size).toBe(1000);
  });
});

describe('the samples of any schema', () => {
  const bound = fc.integer({ min: -20, max: 20 });
  const { schema } = fc.letrec<{ schema: Record<string, unknown>; scalar: Record<string, unknown> }>(
    (tie) => ({
      scalar: fc.oneof(
        fc.record(
          { type: fc.constant('integer'), minimum: bound, maximum: bound },
          { requiredKeys: ['type'] },
        ),
        fc.record(
          { type: fc.constant('number'), exclusiveMinimum: bound, maximum: bound },
          { requiredKeys: ['type'] },
        ),
        fc.record(
          {
            type: fc.constant('string'),
            minLength: fc.nat(9),
            maxLength: fc.nat(9),
            should: fc.constant({ format: 'slug' }),
          },
          { requiredKeys: ['type'] },
        ),
        fc.constantFrom({ type: 'boolean' }, { go: 'error' }, BYTES, { type: 'string', format: 'date-time' }),
      ),
      schema: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        tie('scalar'),
        fc.record(
          { type: fc.constant('array'), items: tie('schema'), minItems: fc.nat(3), maxItems: fc.nat(3) },
          { requiredKeys: ['type', 'items'] },
        ),
        fc.record(
          { type: fc.constant('object'), additionalProperties: tie('schema'), minProperties: fc.nat(2) },
          { requiredKeys: ['type', 'additionalProperties'] },
        ),
        fc.dictionary(fc.constantFrom('A', 'B', 'C'), tie('schema')).map(struct),
      ),
    }),
  );

  it('are valid, in every style', () => {
    let made = 0;
    fc.assert(
      fc.property(schema, fc.nat(99), (args, n) => {
        // Limits may cross: then the contract is refused, which other tests are about.
        const method = readable(args);
        if (method === undefined) return;
        made++;
        for (const value of [method.sampleArgs(), method.sampleArgs('unlikely'), method.variedArgs(n)]) {
          expect(method.violationsOfArgs(value)).toEqual([]);
        }
      }),
      { numRuns: 200, seed: 3 },
    );
    expect(made).toBeGreaterThan(60);
  });

  function readable(args: unknown): ReturnType<typeof methodWith> | undefined {
    try {
      return methodWith({ args });
    } catch {
      return undefined;
    }
  }
});

describe('broker ids', () => {
  it('are found behind fields and references', () => {
    const id = { type: 'integer', go: 'uint', brokerId: 'api' };
    const method = methodWith(
      { args: struct({ Name: { type: 'string' }, API: id, Deep: { $ref: '#/$defs/Deep' } }) },
      {
        $defs: {
          Id: { type: 'integer', go: 'uint' },
          Deep: struct({ API: { $ref: '#/$defs/Id', brokerId: 'api' } }),
        },
        ...HOST_SERVICES,
      },
    );
    expect(method.brokerIds).toEqual([
      { path: ['API'], service: 'api' },
      { path: ['Deep', 'API'], service: 'api' },
    ]);
    expect(methodWith({ args: id }, HOST_SERVICES).brokerIds).toEqual([{ path: [], service: 'api' }]);
  });
});

describe('an interface in a value', () => {
  it('holds anything', () => {
    const method = methodWith({ reply: struct({ Err: { go: 'error' }, Any: { go: 'interface' } }) });
    expect(method.violationsOfReply({ Err: null, Any: null })).toEqual([]);
    const held = new InterfaceValue('*main.E', { Text: 'x' });
    expect(method.violationsOfReply({ Err: held, Any: new InterfaceValue('int', 3) })).toEqual([]);
    expect(method.violationsOfReply({ Err: null })).toMatchObject([{ path: '/Any', rule: 'required' }]);
  });
});
