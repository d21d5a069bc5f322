import { describe, expect, it } from 'vitest';
import { ARGS, argsDocument, type MistakeCase, struct, refusalOf, when } from './contract.util.js';

const MISTAKES: readonly MistakeCase[] = [
  [
    'names of keys that are numbers',
    argsDocument({
      type: 'object',
      goKey: 'int',
      additionalProperties: { type: 'string' },
      propertyNames: { minLength: 2 },
    }),
    `${ARGS}/propertyNames`,
    /where each key is an int/,
  ],
  [
    'a keyword that contracts do not have',
    argsDocument({ type: 'object', patternProperties: {} }),
    `${ARGS}/patternProperties`,
    /the JSON Schema keyword "patternProperties".*use "additionalProperties"/,
  ],
  ['a default', argsDocument({ type: 'string', default: 'x' }), `${ARGS}/default`, /gob sends no defaults/],
  [
    'a misspelt keyword',
    argsDocument({ type: 'string', minLenght: 1 }),
    `${ARGS}/minLenght`,
    /Did you mean "minLength"\?/,
  ],
  [
    'a strange keyword',
    argsDocument({ type: 'string', xyz: 1 }),
    `${ARGS}/xyz`,
    /unknown key "xyz", expected a keyword of contracts/,
  ],
  [
    'a keyword for another type',
    argsDocument({ type: 'integer', minLength: 1 }),
    `${ARGS}/minLength`,
    /"minLength" on an int, expected a keyword for an int: .*minimum/,
  ],
  [
    'a constraint on an interface',
    argsDocument({ go: 'interface', enum: [1] }),
    `${ARGS}/enum`,
    /an interface is not judged/,
  ],
  [
    'a then without an if',
    argsDocument({ type: 'integer', ...when(undefined, { minimum: 1 }) }),
    `${ARGS}/then`,
    /"then" alone, expected "if" beside it/,
  ],
  [
    'an if without a then',
    argsDocument({ type: 'integer', if: { minimum: 1 } }),
    `${ARGS}/if`,
    /"then" or "else" beside it/,
  ],
  [
    'another type in a constraint',
    argsDocument({ type: 'integer', not: { type: 'string' } }),
    `${ARGS}/not/type`,
    /where the type is an int already/,
  ],
  [
    'a reference to another type in a constraint',
    argsDocument({ type: 'integer', not: { $ref: '#/$defs/S' } }, { $defs: { S: { type: 'string' } } }),
    `${ARGS}/not/$ref`,
    /a reference to a string, expected a constraint on an int/,
  ],
  [
    'a broker id in a constraint',
    argsDocument({ type: 'integer', not: { brokerId: 'a' } }),
    `${ARGS}/not/brokerId`,
    /"brokerId" in a constraint/,
  ],
  [
    'a field of a constraint that is not there',
    argsDocument({
      ...struct({ Type: { type: 'integer' } }),
      ...when({ properties: { Tpye: { const: 1 } } }, { type: 'object' }),
    }),
    `${ARGS}/if/properties/Tpye`,
    /Did you mean "Type"\?/,
  ],
  [
    'a value of another type',
    argsDocument({ type: 'integer', enum: [1, 'two'] }),
    `${ARGS}/enum/1`,
    /"two", expected a value of an int/,
  ],
  [
    'a constant of another type',
    argsDocument({ type: 'string', const: 1 }),
    `${ARGS}/const`,
    /found 1, expected a value of a string/,
  ],
  [
    'a pattern that is none',
    argsDocument({ type: 'string', pattern: '[' }),
    `${ARGS}/pattern`,
    /a regular expression that JavaScript and RE2 understand/,
  ],
  [
    'a pattern that backtracks',
    argsDocument({ type: 'string', pattern: '(?=a)' }),
    `${ARGS}/pattern`,
    /unsupported Perl syntax/,
  ],
  [
    'an unknown format',
    argsDocument({ type: 'string', format: 'sluk' }),
    `${ARGS}/format`,
    /the unknown format "sluk" on a string.*Did you mean "slug"\?/,
  ],
  [
    'a format for another type',
    argsDocument({ type: 'string', format: 'int32' }),
    `${ARGS}/format`,
    /the format "int32" on a string/,
  ],
  [
    'uniqueBy on a list of texts',
    argsDocument({ type: 'array', items: { type: 'string' }, uniqueBy: 'Key' }),
    `${ARGS}/uniqueBy`,
    /each element is a string, expected a list of structs/,
  ],
  [
    'uniqueBy a field that is not there',
    argsDocument({ type: 'array', items: struct({ Key: { type: 'string' } }), uniqueBy: 'Kay' }),
    `${ARGS}/uniqueBy`,
    /Did you mean "Key"\?/,
  ],
  [
    'a convention in a convention',
    argsDocument({ type: 'string', should: { should: { minLength: 1 } } }),
    `${ARGS}/should/should`,
    /inside of "should"/,
  ],
  [
    'a convention in an alternative',
    argsDocument({ type: 'string', anyOf: [{ should: { minLength: 1 } }] }),
    `${ARGS}/anyOf/0/should`,
    /inside of "anyOf"/,
  ],
];

describe('a keyword that says nothing', () => {
  it.each(MISTAKES)('%s', (_, document, path, message) => {
    expect(refusalOf(document)).toEqual({ path, message: expect.stringMatching(message) as string });
  });
});
