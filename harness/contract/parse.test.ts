import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILTINS } from './builtins.js';
import { documentWith, mistakeIn } from './contract.util.js';
import { ContractError } from './errors.js';
import { parseContract } from './parse.js';

const ARGS = '/plugins/p/methods/Call/args';
const args = (schema: unknown, rest: Record<string, unknown> = {}): unknown =>
  documentWith({ args: schema }, rest);
const struct = (properties: Record<string, unknown>): unknown => ({ type: 'object', properties });

/** What is written, where it is refused, and what the message says of it. */
const MISTAKES: readonly [string, unknown, string, RegExp][] = [
  ['no object', 3, '', /found 3, expected an object/],
  ['nothing at all', {}, '/name', /found nothing, expected the key "name"/],
  ['a missing handshake', { name: 'x', plugins: { p: { methods: {} } } }, '/handshake', /found nothing/],
  [
    'a misspelt key, before the one that is missing for it',
    { ...documentWith({}), handshake: undefined, handshek: {} },
    '/handshek',
    /unknown key "handshek".*Did you mean "handshake"\?/,
  ],
  ['no plugin', documentWith({}, { plugins: {} }), '/plugins', /an empty object, expected at least 1/],
  ['the reserved name', documentWith({}, { name: 'none' }), '/name', /stands for having no contract/],
  ['a strange name', documentWith({}, { name: 'a b' }), '/name', /"a b", expected a name of letters/],
  [
    'duplicate versions',
    documentWith(
      {},
      { handshake: { protocolVersions: [1, 2, 1], magicCookieKey: 'K', magicCookieValue: 'v' } },
    ),
    '/handshake/protocolVersions/2',
    /found 1, which is at \/handshake\/protocolVersions\/0 already/,
  ],
  [
    'an empty cookie',
    documentWith({}, { handshake: { protocolVersions: [1], magicCookieKey: 'K', magicCookieValue: '' } }),
    '/handshake/magicCookieValue',
    /go-plugin does not serve with an empty one/,
  ],
  [
    'a cookie key that is no variable',
    documentWith({}, { handshake: { protocolVersions: [1], magicCookieKey: 'K=', magicCookieValue: 'v' } }),
    '/handshake/magicCookieKey',
    /the name of an environment variable/,
  ],
  [
    'a negative version',
    documentWith({}, { handshake: { protocolVersions: [-1], magicCookieKey: 'K', magicCookieValue: 'v' } }),
    '/handshake/protocolVersions/0',
    /at least 0/,
  ],
  [
    'an unknown transport',
    documentWith({}, { plugins: { p: { transport: 'grcp' } } }),
    '/plugins/p/transport',
    /"grcp", expected one of "netrpc", "grpc"\. Did you mean "grpc"\?/,
  ],
  ['no methods', documentWith({}, { plugins: { p: {} } }), '/plugins/p/methods', /the methods of the plugin/],
  [
    'services for net/rpc',
    documentWith({}, { plugins: { p: { methods: {}, services: ['a'] } } }),
    '/plugins/p/services',
    /gRPC services for the transport netrpc/,
  ],
  [
    'a method that is not exported',
    documentWith({}, { plugins: { p: { methods: { call: { args: null, reply: null } } } } }),
    '/plugins/p/methods/call',
    /an exported Go identifier/,
  ],
  [
    'a method with a space',
    documentWith({}, { plugins: { p: { methods: { 'A b': { args: null, reply: null } } } } }),
    '/plugins/p/methods/A b',
    /an exported Go identifier/,
  ],
  [
    'a misspelt key of a method',
    documentWith({ readonly: true }),
    '/plugins/p/methods/Call/readonly',
    /Did you mean "readOnly"\?/,
  ],
  [
    'no reply',
    documentWith({}, { plugins: { p: { methods: { A: { args: null } } } } }),
    '/plugins/p/methods/A/reply',
    /found nothing/,
  ],
  [
    'unknown effects',
    documentWith({ effects: 'lokal' }),
    '/plugins/p/methods/Call/effects',
    /Did you mean "local"\?/,
  ],
  [
    'a flag that is a text',
    documentWith({ once: 'yes' }),
    '/plugins/p/methods/Call/once',
    /"yes", expected true or false/,
  ],
  ['arguments that are no schema', args(5), ARGS, /found 5, expected an object or null/],
  ['an empty schema', args({}), ARGS, /an empty object, expected at least 1/],
  [
    'a name of a type that is not Go’s',
    args(null, { $defs: { 'a-b': { type: 'string' } } }),
    '/$defs/a-b',
    /an exported Go name/,
  ],

  [
    'a reference that leads nowhere',
    args({ $ref: '#/$defs/Lmap' }, { $defs: { Lamp: { type: 'string' } } }),
    `${ARGS}/$ref`,
    /"Lmap", which is not in "\$defs".*Did you mean "Lamp"\?/,
  ],
  [
    'a reference to elsewhere',
    args({ $ref: 'https://example.com/a.json' }),
    `${ARGS}/$ref`,
    /a named type of this file/,
  ],
  [
    'a type that is only itself',
    args(null, { $defs: { A: { $ref: '#/$defs/B' }, B: { $ref: '#/$defs/A' } } }),
    '/$defs/B/$ref',
    /refers to nothing but itself/,
  ],
  [
    'a type that refers to itself in place',
    args(null, { $defs: { A: { type: 'string', allOf: [{ $ref: '#/$defs/A' }] } } }),
    '/$defs/A',
    /refers to itself in place/,
  ],
  [
    'an array in itself',
    args(null, {
      $defs: { A: { type: 'array', go: 'array', minItems: 1, maxItems: 1, items: { $ref: '#/$defs/A' } } },
    }),
    '/$defs/A',
    /an element of itself/,
  ],
  [
    'a struct and map at once',
    args({ ...(struct({}) as object), additionalProperties: { type: 'string' } }),
    ARGS,
    /either "properties" \(a Go struct.*or "additionalProperties" \(a Go map\)/,
  ],
  ['neither struct nor map', args({ type: 'object' }), ARGS, /an object with neither/],
  [
    'a map of anything',
    args({ type: 'object', additionalProperties: true }),
    `${ARGS}/additionalProperties`,
    /"go": "interface"/,
  ],
  ['a list without a type of its elements', args({ type: 'array' }), ARGS, /an array without "items"/],
  [
    'a union of types',
    args({ type: ['string', 'null'] }),
    `${ARGS}/type`,
    /\["string","null"\].*Go has no union types/,
  ],
  [
    'alternatives without a type',
    args({ oneOf: [{ type: 'string' }, { type: 'integer' }] }),
    ARGS,
    /Go has no union types/,
  ],
  ['an enum without a type', args({ enum: [1] }), ARGS, /Add the "type" of the values/],
  ['fields without a type', args({ properties: {} }), ARGS, /Add "type": "object"/],
  ['elements without a type', args({ items: { type: 'string' } }), ARGS, /Add "type": "array"/],
  [
    'a type that JSON Schema has and Go has not',
    args({ type: 'null' }),
    `${ARGS}/type`,
    /"null", expected one of/,
  ],
  ['a Go type', args({ type: 'int' }), `${ARGS}/type`, /"int", expected one of "boolean", "integer"/],
  [
    'a uint that is a string',
    args({ type: 'string', go: 'uint' }),
    `${ARGS}/go`,
    /"go": "uint" beside "type": "string", expected "type": "integer"/,
  ],
  [
    'an error that is a string',
    args({ type: 'string', go: 'error' }),
    `${ARGS}/go`,
    /"go": "error" without a "type"/,
  ],
  [
    'an array without a length',
    args({ type: 'array', go: 'array', items: { type: 'string' }, minItems: 1 }),
    ARGS,
    /"minItems" and "maxItems" with the same number/,
  ],
  ['bytes without an encoding', args({ type: 'string', go: '[]byte' }), ARGS, /"contentEncoding": "base64"/],
  [
    'an encoding without bytes',
    args({ type: 'string', contentEncoding: 'base64' }),
    `${ARGS}/contentEncoding`,
    /"go": "\[\]byte" beside it/,
  ],
  ['an unknown annotation', args({ type: 'integer', go: 'int64' }), `${ARGS}/go`, /"int64", expected one of/],
  [
    'a field that is not exported',
    args(struct({ id: { type: 'string' } })),
    `${ARGS}/properties/id`,
    /the field "id".*Did you mean "Id"\?/,
  ],
  [
    'a field that is required and not there',
    args({ ...(struct({ Key: { type: 'string' } }) as object), required: ['key'] }),
    `${ARGS}/required/0`,
    /no field of the struct, expected one of "Key". Did you mean "Key"\?/,
  ],
  [
    'keys of a struct',
    args({ ...(struct({}) as object), goKey: 'int' }),
    `${ARGS}/goKey`,
    /"goKey" on a struct/,
  ],

  [
    'a keyword that contracts do not have',
    args({ type: 'object', patternProperties: {} }),
    `${ARGS}/patternProperties`,
    /the JSON Schema keyword "patternProperties".*use "additionalProperties"/,
  ],
  ['a default', args({ type: 'string', default: 'x' }), `${ARGS}/default`, /gob sends no defaults/],
  [
    'a misspelt keyword',
    args({ type: 'string', minLenght: 1 }),
    `${ARGS}/minLenght`,
    /Did you mean "minLength"\?/,
  ],
  [
    'a strange keyword',
    args({ type: 'string', xyz: 1 }),
    `${ARGS}/xyz`,
    /unknown key "xyz", expected a keyword of contracts/,
  ],
  [
    'a keyword for another type',
    args({ type: 'integer', minLength: 1 }),
    `${ARGS}/minLength`,
    /"minLength" on an int, expected a keyword for an int: .*minimum/,
  ],
  [
    'a constraint on an interface',
    args({ go: 'interface', enum: [1] }),
    `${ARGS}/enum`,
    /an interface is not judged/,
  ],
  [
    'a then without an if',
    args({ type: 'integer', then: { minimum: 1 } }),
    `${ARGS}/then`,
    /"then" alone, expected "if" beside it/,
  ],
  [
    'an if without a then',
    args({ type: 'integer', if: { minimum: 1 } }),
    `${ARGS}/if`,
    /"then" or "else" beside it/,
  ],
  [
    'another type in a constraint',
    args({ type: 'integer', not: { type: 'string' } }),
    `${ARGS}/not/type`,
    /where the type is an int already/,
  ],
  [
    'a reference to another type in a constraint',
    args({ type: 'integer', not: { $ref: '#/$defs/S' } }, { $defs: { S: { type: 'string' } } }),
    `${ARGS}/not/$ref`,
    /a reference to a string, expected a constraint on an int/,
  ],
  [
    'a broker id in a constraint',
    args({ type: 'integer', not: { brokerId: 'a' } }),
    `${ARGS}/not/brokerId`,
    /"brokerId" in a constraint/,
  ],
  [
    'a field of a constraint that is not there',
    args({
      ...(struct({ Type: { type: 'integer' } }) as object),
      if: { properties: { Tpye: { const: 1 } } },
      then: { type: 'object' },
    }),
    `${ARGS}/if/properties/Tpye`,
    /Did you mean "Type"\?/,
  ],
  [
    'a value of another type',
    args({ type: 'integer', enum: [1, 'two'] }),
    `${ARGS}/enum/1`,
    /"two", expected a value of an int/,
  ],
  [
    'a constant of another type',
    args({ type: 'string', const: 1 }),
    `${ARGS}/const`,
    /found 1, expected a value of a string/,
  ],
  [
    'a pattern that is none',
    args({ type: 'string', pattern: '[' }),
    `${ARGS}/pattern`,
    /a regular expression that JavaScript and RE2 understand/,
  ],
  [
    'a pattern that backtracks',
    args({ type: 'string', pattern: '(?=a)' }),
    `${ARGS}/pattern`,
    /unsupported Perl syntax/,
  ],
  [
    'an unknown format',
    args({ type: 'string', format: 'sluk' }),
    `${ARGS}/format`,
    /the unknown format "sluk" on a string.*Did you mean "slug"\?/,
  ],
  [
    'a format for another type',
    args({ type: 'string', format: 'int32' }),
    `${ARGS}/format`,
    /the format "int32" on a string/,
  ],
  [
    'uniqueBy on a list of texts',
    args({ type: 'array', items: { type: 'string' }, uniqueBy: 'Key' }),
    `${ARGS}/uniqueBy`,
    /each element is a string, expected a list of structs/,
  ],
  [
    'uniqueBy a field that is not there',
    args({ type: 'array', items: struct({ Key: { type: 'string' } }), uniqueBy: 'Kay' }),
    `${ARGS}/uniqueBy`,
    /Did you mean "Key"\?/,
  ],
  [
    'a convention in a convention',
    args({ type: 'string', should: { should: { minLength: 1 } } }),
    `${ARGS}/should/should`,
    /inside of "should"/,
  ],
  [
    'a convention in an alternative',
    args({ type: 'string', anyOf: [{ should: { minLength: 1 } }] }),
    `${ARGS}/anyOf/0/should`,
    /inside of "anyOf"/,
  ],
  [
    'a broker id without services',
    args({ type: 'integer', go: 'uint', brokerId: 'api' }),
    `${ARGS}/brokerId`,
    /"hostServices", which has none/,
  ],
  [
    'a broker id of an unknown service',
    args(
      { type: 'integer', go: 'uint', brokerId: 'apl' },
      { hostServices: { api: { methods: { Log: { args: null, reply: null } } } } },
    ),
    `${ARGS}/brokerId`,
    /the unknown service "apl".*Did you mean "api"\?/,
  ],
  [
    'a broker id in a list',
    args(
      { type: 'array', items: { type: 'integer', go: 'uint', brokerId: 'api' } },
      { hostServices: { api: { methods: { Log: { args: null, reply: null } } } } },
    ),
    `${ARGS}/items/brokerId`,
    /in a list or a map/,
  ],
  [
    'a broker id in a reply',
    documentWith(
      { reply: { type: 'integer', go: 'uint', brokerId: 'api' } },
      { hostServices: { api: { methods: { Log: { args: null, reply: null } } } } },
    ),
    '/plugins/p/methods/Call/reply/brokerId',
    /in a type that a plugin sends/,
  ],
  [
    'a method of a host that is once',
    args(null, { hostServices: { api: { methods: { Log: { args: null, reply: null, once: true } } } } }),
    '/hostServices/api/methods/Log/once',
    /unknown key "once"/,
  ],
  [
    'an error type that is an interface',
    args(null, { errorTypes: { '*main.E': { go: 'error' } } }),
    '/errorTypes/*main.E',
    /a concrete error type/,
  ],

  [
    'a range without a value',
    args({ type: 'integer', minimum: 2, maximum: 1 }),
    ARGS,
    /no sample can be made \(the arguments must be at most 1/,
  ],
  [
    'a pattern that nothing simple matches',
    args(struct({ Code: { type: 'string', pattern: '^Q7-[xyz]{3}$' } })),
    ARGS,
    /no sample can be made \(Code must match .*, expected .*"examples"/,
  ],
  [
    'a list that is never finished',
    args(
      { $ref: '#/$defs/A' },
      { $defs: { A: { type: 'array', minItems: 1, items: { $ref: '#/$defs/A' } } } },
    ),
    ARGS,
    /no sample can be made/,
  ],
  [
    'a list of more elements than can be made',
    args({ type: 'array', minItems: 1e9, items: { type: 'string' } }),
    ARGS,
    /no sample can be made/,
  ],
  [
    'a text longer than can be made',
    args({ type: 'string', minLength: 1e12 }),
    ARGS,
    /no sample can be made/,
  ],
  [
    'examples of which none is valid',
    args({ type: 'string', minLength: 3, examples: ['a', 2] }),
    `${ARGS}/examples`,
    /no valid example \(the example must have at least 3 characters\)/,
  ],
  [
    'an example with a malformed tag',
    args({ type: 'integer', examples: [{ $int: 'x' }] }),
    `${ARGS}/examples`,
    /no valid example \(tagged JSON/,
  ],
];

describe('a mistake in a contract', () => {
  it.each(MISTAKES)('%s', (_, document, path, message) => {
    const mistake = mistakeIn(JSON.parse(JSON.stringify(document)));
    expect(mistake.message).toMatch(message);
    expect(mistake.path).toBe(path);
    expect(mistake.message).toContain(
      path === '' ? 'test.json has a mistake at its top' : `mistake at ${path}: found`,
    );
  });

  it('is told alone: the misspelt key and not the many errors that follow from it', () => {
    const document = documentWith({}, { plugins: { p: { methods: { Call: { arg: null, replay: null } } } } });
    const { path, hint } = mistakeIn(document);
    expect(path).toBe('/plugins/p/methods/Call/arg');
    expect(hint).toBe('Did you mean "args"?');
  });

  it('is found at any depth, and none is too deep for the reader', () => {
    let schema: unknown = { type: 'string' };
    for (let depth = 0; depth < 5000; depth++) schema = { type: 'array', items: schema };
    expect(mistakeIn(args(schema))).toMatchObject({ path: '', expected: /name the inner types/ });
  });
});

describe('whatever is done to a contract', () => {
  const iglu = BUILTINS.get('iglu');
  const places = [...placesOf(iglu)];
  const odd = fc.oneof(
    fc.constantFrom<unknown>(null, true, 0, -1, 1e300, '', 'x', [], {}, [null], { $ref: '#/$defs/Device' }),
    fc.constantFrom<unknown>(
      { type: 'string' },
      { go: 'error' },
      { type: 'array', items: { type: 'integer' } },
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );

  it('it is read or refused with a ContractError, and never another way', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...places), odd, (place, value) => {
        const document = structuredClone(iglu);
        replace(document, place, value);
        try {
          parseContract(document, 'mutant.json');
          outcomes.add('read');
        } catch (error) {
          expect(error).toBeInstanceOf(ContractError);
          outcomes.add('refused');
        }
      }),
      { numRuns: 150, seed: 7 },
    );
    expect([...outcomes].sort()).toEqual(['read', 'refused']);
  });
});

function* placesOf(json: unknown, path: readonly string[] = []): Generator<readonly string[]> {
  if (typeof json !== 'object' || json === null) return;
  for (const [key, value] of Object.entries(json)) {
    yield [...path, key];
    yield* placesOf(value, [...path, key]);
  }
}

function replace(document: unknown, place: readonly string[], value: unknown): void {
  let at = document as Record<string, unknown>;
  for (const key of place.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[place.at(-1) as string] = value;
}
