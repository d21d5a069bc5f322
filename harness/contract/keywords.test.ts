import { describe, expect, it } from 'vitest';
import { APPLIES_TO, ANNOTATIONS, TYPE_KEYWORDS, UNSUPPORTED } from './keywords.js';
import { contractWith, argsDocument, refusalOf, struct, when } from './contract.util.js';

/** The keywords of JSON Schema 2020-12, by its vocabularies (json-schema.org/draft/2020-12/meta/…). */
const KEYWORDS: Readonly<Record<string, string>> = {
  core: '$id $schema $ref $anchor $dynamicRef $dynamicAnchor $vocabulary $comment $defs',
  applicator:
    'prefixItems items contains additionalProperties properties patternProperties dependentSchemas propertyNames if then else allOf anyOf oneOf not',
  unevaluated: 'unevaluatedItems unevaluatedProperties',
  validation:
    'type const enum multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems maxContains minContains maxProperties minProperties required dependentRequired',
  'meta-data': 'title description default deprecated readOnly writeOnly examples',
  'format-annotation': 'format',
  content: 'contentEncoding contentMediaType contentSchema',
};

const INT = { type: 'integer' };
const STRING = { type: 'string' };
const LIST = { type: 'array', items: INT };
const MAP = { type: 'object', additionalProperties: INT };
const CONDITION = { ...INT, ...when({ minimum: 5 }, { maximum: 9 }, { maximum: 3 }) };

/** A type in which each keyword that contracts have says something. */
const USED: Readonly<Record<string, object>> = {
  $ref: { $ref: '#/$defs/Name' },
  $comment: { ...INT, $comment: 'x' },
  title: { ...INT, title: 'x' },
  description: { ...INT, description: 'x' },
  deprecated: { ...INT, deprecated: true },
  examples: { ...INT, examples: [1] },
  prefixItems: { ...LIST, prefixItems: [{ minimum: 1 }] },
  items: LIST,
  contains: { ...LIST, contains: { minimum: 1 } },
  minContains: { ...LIST, contains: { minimum: 1 }, minContains: 1 },
  maxContains: { ...LIST, contains: { minimum: 1 }, maxContains: 1 },
  maxItems: { ...LIST, maxItems: 1 },
  minItems: { ...LIST, minItems: 1 },
  uniqueItems: { ...LIST, uniqueItems: true },
  additionalProperties: MAP,
  propertyNames: { ...MAP, propertyNames: { minLength: 1 } },
  maxProperties: { ...MAP, maxProperties: 1 },
  minProperties: { ...MAP, minProperties: 1 },
  properties: struct({ A: INT }),
  required: { ...struct({ A: INT }), required: ['A'] },
  ...Object.fromEntries(['if', 'then', 'else'].map((keyword) => [keyword, CONDITION])),
  allOf: { ...INT, allOf: [{ minimum: 1 }] },
  anyOf: { ...INT, anyOf: [{ minimum: 1 }] },
  oneOf: { ...INT, oneOf: [{ minimum: 1 }] },
  not: { ...INT, not: { minimum: 1 } },
  type: INT,
  const: { ...INT, const: 1 },
  enum: { ...INT, enum: [1] },
  multipleOf: { ...INT, multipleOf: 2 },
  maximum: { ...INT, maximum: 1 },
  exclusiveMaximum: { ...INT, exclusiveMaximum: 1 },
  minimum: { ...INT, minimum: 1 },
  exclusiveMinimum: { ...INT, exclusiveMinimum: 1 },
  maxLength: { ...STRING, maxLength: 1 },
  minLength: { ...STRING, minLength: 1 },
  pattern: { ...STRING, pattern: '^a' },
  format: { ...STRING, format: 'date' },
  contentEncoding: { ...STRING, go: '[]byte', contentEncoding: 'base64' },
};

const ALL = Object.values(KEYWORDS).flatMap((keywords) => keywords.split(' '));
const REFUSED = ALL.filter((keyword) => !Object.hasOwn(USED, keyword));

describe('the keywords of JSON Schema 2020-12', () => {
  it.each(Object.keys(USED))('%s is one of contracts', (keyword) => {
    expect(() => contractWith({ args: USED[keyword] }, { $defs: { Name: INT } })).not.toThrow();
    expect([...APPLIES_TO.keys(), ...ANNOTATIONS, ...TYPE_KEYWORDS, '$ref']).toContain(keyword);
  });

  it.each(REFUSED)('%s is refused, with its place', (keyword) => {
    const { path, message } = refusalOf(argsDocument({ ...INT, [keyword]: {} }));
    expect(path).toBe(`/plugins/p/methods/Call/args/${keyword}`);
    expect(message).toMatch(/the JSON Schema keyword|the unknown key/);
  });

  it('are each either used or refused, and those that are refused say what to write instead', () => {
    expect(Object.keys(USED).filter((keyword) => !ALL.includes(keyword))).toEqual([]);
    expect(REFUSED.filter((keyword) => !UNSUPPORTED.has(keyword))).toEqual(['$schema']);
  });
});
