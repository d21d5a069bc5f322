import { describe, it } from 'vitest';
import { ARGS, argsDocument, documentWith, expectMistake, type MistakeCase } from './contract.util.js';

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
  ['arguments that are no schema', argsDocument(5), ARGS, /found 5, expected an object or null/],
  ['an empty schema', argsDocument({}), ARGS, /an empty object, expected at least 1/],
  [
    'a name of a type that is not Go’s',
    argsDocument(null, { $defs: { 'a-b': { type: 'string' } } }),
    '/$defs/a-b',
    /an exported Go name/,
  ],
];

describe('the form', () => {
  it.each(MISTAKES)('%s', (...mistake) => expectMistake(mistake));
});
