import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILTINS } from './builtins.js';
import {
  ARGS,
  argsDocument,
  contractWith,
  documentWith,
  HOST_SERVICES,
  type MistakeCase,
  struct,
  refusalOf,
} from './contract.util.js';
import { ContractError } from './errors.js';
import { parseContract } from './parse.js';

const devices = (valuesFrom: string, more: object = {}): unknown => ({
  ...(documentWith({}) as object),
  plugins: {
    p: {
      methods: {
        List: {
          args: null,
          reply: struct({ Devices: { type: 'array', items: struct({ Id: { type: 'string' } }) } }),
        },
        Toggle: { args: struct({ Id: { type: 'string', valuesFrom, ...more } }), reply: null },
      },
    },
  },
});
const TOGGLE_ID = '/plugins/p/methods/Toggle/args/properties/Id';

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
  [
    'values from a method that is not there',
    devices('Lists/Devices/*/Id'),
    `${TOGGLE_ID}/valuesFrom`,
    /no method "Lists"/,
  ],
  [
    'values from a method with arguments',
    devices('Toggle/Id'),
    `${TOGGLE_ID}/valuesFrom`,
    /no method "Toggle" whose "args" are null/,
  ],
  [
    'values by a way that leads nowhere',
    devices('List/Devices/*/ID'),
    `${TOGGLE_ID}/valuesFrom`,
    /"ID" leads nowhere in the reply/,
  ],
  ['values by a way into no list', devices('List/*/Id'), `${TOGGLE_ID}/valuesFrom`, /"\*" leads nowhere/],
  [
    'values of another type',
    devices('List/Devices/*'),
    `${TOGGLE_ID}/valuesFrom`,
    /which is a struct, expected a string/,
  ],
  [
    'values for a reply',
    documentWith({ reply: { type: 'string', valuesFrom: 'Call' } }),
    '/plugins/p/methods/Call/reply/valuesFrom',
    /in a type that a plugin sends/,
  ],
];

describe('a mistake between the parts of a contract', () => {
  it.each(MISTAKES)('%s', (_, document, path, message) => {
    expect(refusalOf(document)).toEqual({ path, message: expect.stringMatching(message) as string });
  });
});

describe('a contract', () => {
  it('has what the document has, and the defaults of the rest', () => {
    const contract = contractWith(
      { description: 'Calls.', once: true, effects: 'external' },
      {
        exclusive: true,
        laws: './laws.ts',
        errorTypes: { '*main.E': struct({ Code: { type: 'integer' } }) },
        ...HOST_SERVICES,
      },
    );
    expect(contract).toMatchObject({
      name: 'test',
      source: 'test.json',
      exclusive: true,
      laws: './laws.ts',
      handshake: { protocolVersions: [1], magicCookieKey: 'KEY', magicCookieValue: 'value' },
    });
    expect(contract.errorTypes.get('*main.E')).toMatchObject({ kind: 'struct', fields: [{ name: 'Code' }] });
    expect([...(contract.hostServices.get('api')?.methods.keys() ?? [])]).toEqual(['Log']);
    const method = contract.plugins.get('p')?.methods.get('Call');
    expect(method).toMatchObject({
      name: 'Call',
      required: false,
      once: true,
      stable: false,
      unordered: false,
      readOnly: false,
      effects: 'external',
      hasArgs: false,
      args: { kind: 'interface' },
      reply: { kind: 'interface' },
      brokerIds: [],
      valueSources: [],
    });
    expect(contractWith({})).toMatchObject({ exclusive: false });
    expect(contractWith({})).not.toHaveProperty('laws');
  });

  it('has a digest of what it says, whatever its white space', () => {
    const text = JSON.stringify(documentWith({}));
    const { sha256 } = parseContract(JSON.parse(text), 'a');
    expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(parseContract(JSON.parse(JSON.stringify(JSON.parse(text), null, 2)), 'b').sha256).toBe(sha256);
    expect(contractWith({ stable: true }).sha256).not.toBe(sha256);
  });

  it('knows gRPC plugins by their services', () => {
    const document = documentWith({}, { plugins: { kv: { transport: 'grpc', services: ['proto.KV'] } } });
    const plugin = parseContract(document, 'test.json').plugins.get('kv');
    expect(plugin).toMatchObject({ transport: 'grpc', services: ['proto.KV'] });
    expect(plugin?.methods.size).toBe(0);
  });

  it('knows which arguments come from where', () => {
    const contract = parseContract(devices('List/Devices/*/Id'), 'test.json');
    expect(contract.plugins.get('p')?.methods.get('Toggle')?.valueSources).toEqual([
      { path: ['Id'], method: 'List', from: ['Devices', '*', 'Id'] },
    ]);
  });
});

describe('a contract to which anything is done', () => {
  const iglu: unknown = BUILTINS.get('iglu');
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

  it('is read or refused with a ContractError, and never another way', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(fc.constantFrom(...places), odd, (place, value) => {
        const document = structuredClone(iglu);
        replace(document, place, value);
        outcomes.add(outcomeOf(document));
      }),
      { numRuns: 150, seed: 7 },
    );
    expect([...outcomes].sort()).toEqual(['read', 'refused']);
  });
});

function outcomeOf(document: unknown): 'read' | 'refused' {
  try {
    parseContract(document, 'mutant.json');
    return 'read';
  } catch (error) {
    if (error instanceof ContractError) return 'refused';
    throw error;
  }
}

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
