import { describe, it } from 'vitest';
import {
  ARGS,
  argsDocument,
  documentWith,
  expectMistake,
  HOST_SERVICES,
  type MistakeCase,
} from './contract.util.js';

const MISTAKES: readonly MistakeCase[] = [
  [
    'a broker id without services',
    argsDocument({ type: 'integer', go: 'uint', brokerId: 'api' }),
    `${ARGS}/brokerId`,
    /"hostServices", which has none/,
  ],
  [
    'a broker id of an unknown service',
    argsDocument({ type: 'integer', go: 'uint', brokerId: 'apl' }, HOST_SERVICES),
    `${ARGS}/brokerId`,
    /the unknown service "apl".*Did you mean "api"\?/,
  ],
  [
    'a broker id in a list',
    argsDocument({ type: 'array', items: { type: 'integer', go: 'uint', brokerId: 'api' } }, HOST_SERVICES),
    `${ARGS}/items/brokerId`,
    /in a list or a map/,
  ],
  [
    'a broker id in a reply',
    documentWith({ reply: { type: 'integer', go: 'uint', brokerId: 'api' } }, HOST_SERVICES),
    '/plugins/p/methods/Call/reply/brokerId',
    /in a type that a plugin sends/,
  ],
  [
    'a method of a host that is once',
    argsDocument(null, {
      hostServices: { api: { methods: { Log: { args: null, reply: null, once: true } } } },
    }),
    '/hostServices/api/methods/Log/once',
    /unknown key "once"/,
  ],
  [
    'an error type that is an interface',
    argsDocument(null, { errorTypes: { '*main.E': { go: 'error' } } }),
    '/errorTypes/*main.E',
    /a concrete error type/,
  ],
];

describe('rest', () => {
  it.each(MISTAKES)('%s', (...mistake) => expectMistake(mistake));
});
