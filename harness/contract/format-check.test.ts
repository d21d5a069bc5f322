import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUILTINS } from './builtins.js';
import formatSchema from './contract.schema.json' with { type: 'json' };
import { ARGS, argsDocument, documentWith, type MistakeCase, mistakeIn, refusalOf } from './contract.util.js';
import { checkFormat } from './format-check.js';
import { FORMATS } from './formats.js';
import { APPLIES_TO, ANNOTATIONS, TYPE_KEYWORDS } from './keywords.js';
import { loadAjv } from './lazy.js';
import { parseContract } from './parse.js';

const handshake = (change: object): unknown =>
  documentWith(
    {},
    { handshake: { protocolVersions: [1], magicCookieKey: 'K', magicCookieValue: 'v', ...change } },
  );

const MISTAKES: readonly MistakeCase[] = [
  ['no object', 3, '', /found 3, expected an object/],
  ['nothing at all', {}, '/name', /found nothing, expected the key "name"/],
  ['a missing handshake', { name: 'x', plugins: { p: { methods: {} } } }, '/handshake', /found nothing/],
  [
    'a misspelt key, before the one that is missing for it',
    { ...documentWith({}), handshake: undefined, handshek: {} },
    '/handshek',
    /unknown key "handshek".*Did you mean "handshake"\?/,
  ],
  [
    'no plugin',
    documentWith({}, { plugins: {} }),
    '/plugins',
    /an empty object, expected at least one plugin/,
  ],
  ['the reserved name', documentWith({}, { name: 'none' }), '/name', /stands for having no contract/],
  ['a strange name', documentWith({}, { name: 'a b' }), '/name', /"a b", expected a name of letters/],
  [
    'duplicate versions',
    handshake({ protocolVersions: [1, 2, 1] }),
    '/handshake/protocolVersions/2',
    /found 1, which is at \/handshake\/protocolVersions\/0 already/,
  ],
  [
    'an empty cookie',
    handshake({ magicCookieValue: '' }),
    '/handshake/magicCookieValue',
    /go-plugin does not serve with an empty one/,
  ],
  [
    'a cookie key that is no variable',
    handshake({ magicCookieKey: 'K=' }),
    '/handshake/magicCookieKey',
    /the name of an environment variable/,
  ],
  [
    'a negative version',
    handshake({ protocolVersions: [-1] }),
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
  ['arguments that are no schema', argsDocument(5), ARGS, /found 5, expected an object or null/],
  ['an empty schema', argsDocument({}), ARGS, /an empty object, expected a schema that says something/],
  [
    'a name of a type that is not Go’s',
    argsDocument(null, { $defs: { 'a-b': { type: 'string' } } }),
    '/$defs/a-b',
    /an exported Go name/,
  ],
  [
    'no version',
    handshake({ protocolVersions: [] }),
    '/handshake/protocolVersions',
    /an empty list, expected at least one version/,
  ],
  [
    'a version that is a text',
    handshake({ protocolVersions: ['1'] }),
    '/handshake/protocolVersions/0',
    /"1", expected an integer/,
  ],
  [
    'an empty list of values',
    argsDocument({ type: 'string', enum: [] }),
    `${ARGS}/enum`,
    /at least one value/,
  ],
  [
    'a length below 0',
    argsDocument({ type: 'string', minLength: -1 }),
    `${ARGS}/minLength`,
    /found -1, expected a number of at least 0/,
  ],
  [
    'a multiple of 0',
    argsDocument({ type: 'integer', multipleOf: 0 }),
    `${ARGS}/multipleOf`,
    /a number greater than 0/,
  ],
  [
    'an unknown encoding',
    argsDocument({ type: 'string', contentEncoding: 'base32' }),
    `${ARGS}/contentEncoding`,
    /"base32", expected "base64"/,
  ],
];

describe('a document of another form', () => {
  it.each(MISTAKES)('%s', (_, document, path, message) => {
    expect(refusalOf(document)).toEqual({ path, message: expect.stringMatching(message) as string });
  });

  it('is told the source, the place, what stands there and what was expected there', () => {
    expect(refusalOf(documentWith({ once: 'yes' })).message).toBe(
      'The contract test.json has a mistake at /plugins/p/methods/Call/once: found "yes", expected true or false.',
    );
    expect(refusalOf(3).message).toBe(
      'The contract test.json has a mistake at its top: found 3, expected an object.',
    );
  });

  it('is told one mistake: the misspelt key, and not what follows from it', () => {
    const document = documentWith({}, { plugins: { p: { methods: { Call: { arg: null, replay: null } } } } });
    expect(mistakeIn(document)).toMatchObject({
      path: '/plugins/p/methods/Call/arg',
      found: 'the unknown key "arg"',
      hint: 'Did you mean "args"?',
    });
  });

  it('is told the first of equal mistakes in the order of the document', () => {
    const document = documentWith({ stable: 1, once: 2 });
    expect(mistakeIn(document).path).toBe('/plugins/p/methods/Call/stable');
  });

  it('can be nested too deeply', () => {
    let schema: unknown = { type: 'string' };
    for (let depth = 0; depth < 5000; depth++) schema = { type: 'array', items: schema };
    expect(mistakeIn(argsDocument(schema))).toMatchObject({
      path: '',
      expected: 'less: name the inner types in "$defs"',
    });
  });
});

describe('contract.schema.json', () => {
  it('is a JSON Schema 2020-12 that a validator in strict mode compiles', () => {
    const { Ajv2020 } = loadAjv();
    const ajv = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false });
    expect(ajv.validateSchema(formatSchema)).toBe(true);
    expect(ajv.compile(formatSchema)(BUILTINS.get('iglu'))).toBe(true);
  });

  it('describes every key for an editor', () => {
    expect([...undescribed(formatSchema, '#')]).toEqual([]);
  });

  it('has the keywords that the reader knows, and no others', () => {
    const known = ['$ref', ...ANNOTATIONS, ...TYPE_KEYWORDS, ...APPLIES_TO.keys()];
    const { properties } = formatSchema.$defs.schemaBody;
    expect(Object.keys(properties).sort()).toEqual([...new Set(known)].sort());
  });

  it('accepts gRPC: services by name, and methods only where there are any', () => {
    const document = documentWith({}, { plugins: { kv: { transport: 'grpc', services: ['proto.KV'] } } });
    expect(checkFormat(document, 'test.json').plugins['kv']?.services).toEqual(['proto.KV']);
  });
});

describe('docs/contract.md', () => {
  const page = readFileSync(new URL('../../docs/contract.md', import.meta.url), 'utf8');

  it('has an example that is a contract', () => {
    const [, example] = /```json\n(.*?)```/s.exec(page) ?? [];
    const contract = parseContract(JSON.parse(example ?? ''), 'docs/contract.md');
    expect([...(contract.plugins.get('lamp')?.methods.keys() ?? [])]).toEqual(['Describe', 'Switch']);
  });

  it('names every key, every format and every annotation of the format', () => {
    const keys = [...new Set(keysOf(formatSchema)), ...FORMATS.keys()];
    expect(keys.length).toBeGreaterThan(90);
    expect(keys.filter((key) => !new RegExp(`[\`"]${key.replace('$', '\\$')}[\`"]`).test(page))).toEqual([]);
  });
});

function* keysOf(schema: unknown): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  const { properties = {}, $defs = {}, additionalProperties } = schema as Record<string, object | undefined>;
  yield* Object.keys(properties);
  for (const inner of [...Object.values(properties), ...Object.values($defs), additionalProperties])
    yield* keysOf(inner);
}

/** The keys without a description of their own or of what they refer to. */
function* undescribed(schema: unknown, path: string): Generator<string> {
  if (typeof schema !== 'object' || schema === null) return;
  const {
    properties = {},
    $defs = {},
    additionalProperties,
    items,
  } = schema as Record<string, object | undefined>;
  for (const [name, of] of Object.entries(properties) as [string, { $ref?: string }][]) {
    const referred = formatSchema.$defs[of.$ref?.replace('#/$defs/', '') as 'args'] as object | undefined;
    if (!('description' in { ...referred, ...of })) yield `${path}/${name}`;
    yield* undescribed(of, `${path}/${name}`);
  }
  for (const [name, of] of Object.entries($defs)) yield* undescribed(of, `${path}/$defs/${name}`);
  yield* undescribed(additionalProperties, `${path}/additionalProperties`);
  yield* undescribed(items, `${path}/items`);
}
