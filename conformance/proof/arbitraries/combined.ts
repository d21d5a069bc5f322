import { characters, elements, is, matching, whole } from './edges.js';
import { type ArbitrarySchema, BOOL, field, INT, list, struct, STRING } from './schema.js';

/** A condition. */
function when(condition: object, then: object, otherwise: object): object {
  // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
  return { if: condition, then, else: otherwise };
}

/** Alternatives, conditions and what must not be. */
export const COMBINED_SCHEMAS: readonly ArbitrarySchema[] = [
  {
    name: 'all of',
    schema: { ...INT, allOf: [{ minimum: 5 }, { maximum: 9 }, { multipleOf: 2 }] },
    edges: [6, 8].map(is),
  },
  {
    name: 'any of',
    schema: { ...STRING, anyOf: [{ const: '' }, { minLength: 10, maxLength: 12 }, { format: 'ipv4' }] },
    edges: [is(''), characters(10), characters(12), is('255.255.255.255')],
  },
  {
    name: 'one of',
    schema: { ...INT, oneOf: [{ multipleOf: 2 }, { multipleOf: 3 }], examples: [2], minimum: 0, maximum: 12 },
    edges: [2, 3, 10].map(is),
  },
  {
    name: 'one of two shapes',
    schema: struct(
      { Kind: { ...STRING, enum: ['a', 'b'] }, Size: INT },
      {
        oneOf: [
          { properties: { Kind: { const: 'a' }, Size: { minimum: 1 } } },
          { properties: { Kind: { const: 'b' }, Size: { const: 0 } } },
        ],
      },
    ),
    edges: [is('a'), is('b'), is(1), is(0)],
  },
  {
    name: 'not one of',
    schema: { ...INT, minimum: 0, maximum: 5, not: { enum: [0, 3] }, examples: [1] },
    edges: [1, 2, 4, 5].map(is),
  },
  {
    name: 'not a struct of this form',
    schema: struct({ A: BOOL, B: BOOL }, { not: { properties: { A: { const: true }, B: { const: true } } } }),
    edges: [
      whole('A', (value) => field(value, 'A') === true),
      whole('B', (value) => field(value, 'B') === true),
    ],
  },
  {
    name: 'not empty',
    schema: list(INT, { not: { maxItems: 0 }, examples: [[0]] }),
    edges: [elements(1), elements(3)],
  },
  {
    name: 'if and then',
    schema: struct(
      { Type: { ...INT, enum: [0, 1, 2, 3] }, Values: list(STRING) },
      {
        ...when(
          { properties: { Type: { const: 2 } } },
          { properties: { Values: { minItems: 1 } } },
          { properties: { Values: { maxItems: 2 } } },
        ),
      },
    ),
    edges: [is(2), is(0), elements(0), elements(5)],
  },
  {
    name: 'any of two, twice',
    schema: {
      ...INT,
      allOf: [
        { anyOf: [{ maximum: -5 }, { minimum: 5 }] },
        { anyOf: [{ multipleOf: 3 }, { multipleOf: 5 }] },
      ],
    },
    edges: [-5, 5, 6, -6].map(is),
  },
  {
    name: 'a convention',
    schema: { ...STRING, minLength: 1, should: { format: 'slug' } },
    edges: [is('a-b'), is('0'), matching('no slug', /[^a-z0-9_-]/u)],
  },
  {
    name: 'examples of a rare form',
    schema: {
      ...STRING,
      pattern: '^(?:[A-F0-9]{2}:){5}[A-F0-9]{2}$',
      not: { pattern: '^[0-9]' },
      examples: ['AA:BB:CC:DD:EE:FF'],
    },
    edges: [is('AA:BB:CC:DD:EE:FF')],
  },
  {
    name: 'conditions in a list',
    schema: list(
      struct(
        { On: BOOL, Level: { ...INT, minimum: 0, maximum: 10 } },
        {
          ...when(
            { properties: { On: { const: true } } },
            { properties: { Level: { minimum: 1 } } },
            { properties: { Level: { const: 0 } } },
          ),
        },
      ),
      { maxItems: 4 },
    ),
    edges: [elements(0), elements(4), is(true), is(1), is(10)],
  },
];
