import { describe, expect, it } from 'vitest';
import { ARGS, argsDocument, type MistakeCase, struct, refusalOf } from './contract.util.js';

const MISTAKES: readonly MistakeCase[] = [
  [
    'a reference that leads nowhere',
    argsDocument({ $ref: '#/$defs/Lmap' }, { $defs: { Lamp: { type: 'string' } } }),
    `${ARGS}/$ref`,
    /"Lmap", which is not in "\$defs".*Did you mean "Lamp"\?/,
  ],
  [
    'a reference to elsewhere',
    argsDocument({ $ref: 'https://example.com/a.json' }),
    `${ARGS}/$ref`,
    /a named type of this file/,
  ],
  [
    'a type that is only itself',
    argsDocument(null, { $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } } }),
    '/$defs/B/$ref',
    /refers to nothing but itself/,
  ],
  [
    'a type that refers to itself in place',
    argsDocument(null, { $defs: { A: { type: 'string', allOf: [{ $ref: '#/$defs/A' }] } } }),
    '/$defs/A',
    /refers to itself in place/,
  ],
  [
    'an array in itself',
    argsDocument(null, {
      $defs: { A: { type: 'array', go: 'array', minItems: 1, maxItems: 1, items: { $ref: '#/$defs/A' } } },
    }),
    '/$defs/A',
    /an element of itself/,
  ],
  [
    'a struct and map at once',
    argsDocument({ ...struct({}), additionalProperties: { type: 'string' } }),
    ARGS,
    /either "properties" \(a Go struct.*or "additionalProperties" \(a Go map\)/,
  ],
  ['neither struct nor map', argsDocument({ type: 'object' }), ARGS, /an object with neither/],
  [
    'a map of anything',
    argsDocument({ type: 'object', additionalProperties: true }),
    `${ARGS}/additionalProperties`,
    /"go": "interface"/,
  ],
  [
    'a list without a type of its elements',
    argsDocument({ type: 'array' }),
    ARGS,
    /an array without "items"/,
  ],
  [
    'a tuple',
    argsDocument({ type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }] }),
    ARGS,
    /an array without "items".*Go has no tuples/,
  ],
  [
    'a union of types',
    argsDocument({ type: ['string', 'null'] }),
    `${ARGS}/type`,
    /\["string","null"\].*Go has no union types/,
  ],
  [
    'alternatives without a type',
    argsDocument({ oneOf: [{ type: 'string' }, { type: 'integer' }] }),
    ARGS,
    /Go has no union types/,
  ],
  ['an enum without a type', argsDocument({ enum: [1] }), ARGS, /Add the "type" of the values/],
  ['fields without a type', argsDocument({ properties: {} }), ARGS, /Add "type": "object"/],
  ['elements without a type', argsDocument({ items: { type: 'string' } }), ARGS, /Add "type": "array"/],
  [
    'a type that JSON Schema has and Go has not',
    argsDocument({ type: 'null' }),
    `${ARGS}/type`,
    /"null", expected one of/,
  ],
  ['a Go type', argsDocument({ type: 'int' }), `${ARGS}/type`, /"int", expected one of "boolean", "integer"/],
  [
    'a uint that is a string',
    argsDocument({ type: 'string', go: 'uint' }),
    `${ARGS}/go`,
    /"go": "uint" beside "type": "string", expected "type": "integer"/,
  ],
  [
    'an error that is a string',
    argsDocument({ type: 'string', go: 'error' }),
    `${ARGS}/go`,
    /"go": "error" without a "type"/,
  ],
  [
    'an array without a length',
    argsDocument({ type: 'array', go: 'array', items: { type: 'string' }, minItems: 1 }),
    ARGS,
    /"minItems" and "maxItems" with the same number/,
  ],
  [
    'bytes without an encoding',
    argsDocument({ type: 'string', go: '[]byte' }),
    ARGS,
    /"contentEncoding": "base64"/,
  ],
  [
    'an encoding without bytes',
    argsDocument({ type: 'string', contentEncoding: 'base64' }),
    `${ARGS}/contentEncoding`,
    /"go": "\[\]byte" beside it/,
  ],
  [
    'an unknown annotation',
    argsDocument({ type: 'integer', go: 'int64' }),
    `${ARGS}/go`,
    /"int64", expected one of/,
  ],
  [
    'a field that is not exported',
    argsDocument(struct({ id: { type: 'string' } })),
    `${ARGS}/properties/id`,
    /the field "id".*Did you mean "Id"\?/,
  ],
  [
    'a field that is required and not there',
    argsDocument({ ...struct({ Key: { type: 'string' } }), required: ['key'] }),
    `${ARGS}/required/0`,
    /no field of the struct, expected one of "Key". Did you mean "Key"\?/,
  ],
  ['keys of a struct', argsDocument({ ...struct({}), goKey: 'int' }), `${ARGS}/goKey`, /"goKey" on a struct/],
];

describe('a type that Go does not have', () => {
  it.each(MISTAKES)('%s', (_, document, path, message) => {
    expect(refusalOf(document)).toEqual({ path, message: expect.stringMatching(message) as string });
  });
});
