import {
  BOOLS,
  characters,
  elements,
  is,
  levels,
  LISTS,
  MAPS,
  MEBIBYTE,
  SAME_TEXT_TWICE,
  TEXTS,
  THOUSANDS,
  whole,
  type Edge,
} from './edges.js';
import { type ArbitrarySchema, STRING, INT, BOOL, struct, list, map, field } from './schema.js';

const NIL = is(null);

/** Lists, maps and structs. */
export const COMPOUND_SCHEMAS: readonly ArbitrarySchema[] = [
  {
    name: 'a list',
    schema: list(struct({ Key: STRING, On: BOOL })),
    edges: [...LISTS, ...BOOLS, SAME_TEXT_TWICE, THOUSANDS, MEBIBYTE, NEARLY()],
  },
  {
    name: 'an array',
    schema: list(INT, { go: 'array', minItems: 3, maxItems: 3 }),
    edges: [elements(3), is(2n ** 63n - 1n)],
  },
  {
    name: '2 to 4 elements',
    schema: list(STRING, { minItems: 2, maxItems: 4 }),
    edges: [2, 3, 4].map(elements),
  },
  { name: 'a list of lists', schema: list(list(INT)), edges: [...LISTS, is([[]])] },
  {
    name: 'unique ints',
    schema: list(INT, { uniqueItems: true }),
    edges: [elements(0), elements(5), THOUSANDS],
  },
  {
    name: 'unique bools',
    schema: list(BOOL, { uniqueItems: true }),
    edges: [is([]), is([true, false]), is([false, true])],
  },
  {
    name: 'unique by key',
    schema: list(struct({ Key: STRING, Type: { ...INT, enum: [0, 1] } }), { uniqueBy: 'Key', minItems: 1 }),
    edges: [elements(1), elements(4), is('')],
  },
  {
    name: 'contains 2 to 3',
    schema: list(INT, { contains: { minimum: 10 }, minContains: 2, maxContains: 3 }),
    edges: [elements(2), elements(4), is(10), is(-1)],
  },
  {
    name: 'prefix items',
    schema: list(INT, { prefixItems: [{ minimum: 5 }, { enum: [1, 2] }] }),
    edges: [elements(0), elements(1), elements(3), is(5), is(2)],
  },
  { name: 'a map', schema: map(STRING), edges: [...MAPS, is('__proto__'), is('\0'), is(''), THOUSANDS] },
  { name: 'a map of ints', schema: map(INT, { goKey: 'int' }), edges: [...MAPS, is(-(2n ** 63n))] },
  { name: 'a map by uints', schema: map(BOOL, { goKey: 'uint' }), edges: [...MAPS, is(2n ** 64n - 1n)] },
  { name: 'a map by floats', schema: map(BOOL, { goKey: 'float' }), edges: [...MAPS, is(Infinity)] },
  { name: 'a map by bools', schema: map(INT, { goKey: 'bool' }), edges: MAPS },
  {
    name: 'a map of slugs',
    schema: map(INT, { propertyNames: { format: 'slug', maxLength: 8 }, minProperties: 1, maxProperties: 3 }),
    edges: [1, 2, 3].map(elements),
  },
  {
    name: 'a struct',
    schema: struct({ Id: STRING, Status: BOOL }),
    edges: [
      ...TEXTS,
      ...BOOLS,
      MEBIBYTE,
      whole('empty and true', (value) => field(value, 'Id') === '' && field(value, 'Status') === true),
    ],
  },
  { name: 'no fields', schema: struct({}), edges: [] },
  {
    name: 'a reference',
    schema: { $ref: '#/$defs/Name', maxLength: 3 },
    types: { Name: { ...STRING, minLength: 1 } },
    edges: [1, 2, 3].map(characters),
  },
  {
    name: 'a tree',
    schema: { $ref: '#/$defs/Node' },
    types: { Node: struct({ Name: STRING, Children: list({ $ref: '#/$defs/Node' }) }) },
    edges: [elements(0), elements(2), levels(30), is('')],
  },
  {
    name: 'a chain of pointers',
    schema: { $ref: '#/$defs/Link' },
    types: { Link: struct({ Value: INT, Next: { $ref: '#/$defs/Link' } }) },
    edges: [NIL, levels(30), is(0)],
  },
  {
    name: 'two types in a circle',
    schema: { $ref: '#/$defs/A' },
    types: {
      A: struct({ Bs: map({ $ref: '#/$defs/B' }) }),
      B: struct({ As: list({ $ref: '#/$defs/A' }), On: BOOL }),
    },
    edges: [levels(30), elements(0), is(true)],
  },
];

/** A list in which two structs have the same key and differ. */
function NEARLY(): Edge {
  return whole('nearly the same twice', (value) => {
    if (!Array.isArray(value)) return false;
    return value.some(
      (item, at) =>
        at > 0 &&
        field(item, 'Key') === field(value[at - 1] ?? null, 'Key') &&
        field(item, 'On') !== field(value[at - 1] ?? null, 'On'),
    );
  });
}
