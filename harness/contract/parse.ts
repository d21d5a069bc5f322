import { createHash } from 'node:crypto';
import type { GobType } from '../gob/types.js';
import type { Contract, MethodContract, PluginContract, ServiceContract } from './contract.js';
import type { ContractDocument, MethodDocument, PluginDocument, Scope } from './document.js';
import { invalidContract } from './errors.js';
import { Examples } from './examples.js';
import { checkFormat } from './format-check.js';
import { GobTypes } from './gob-types.js';
import { Judge } from './judge.js';
import { refuseLoops } from './loops.js';
import { readMethod, type Workshop } from './method.js';
import { pointer } from './pointer.js';
import { Sampler } from './sampler.js';
import { Vetter } from './vet.js';

/**
 * The contract in a JSON document. `source` says where it is from, for messages.
 *
 * @throws ContractError `CONTRACT_INVALID` at the first mistake, with its place
 */
export function parseContract(json: unknown, source: string): Contract {
  const contract = readContract(checkFormat(json, source), source);
  checkSamples(contract);
  return contract;
}

/** A document that was found right before: one of the built-in contracts, whose checks are tests of this package. */
export function trustContract(document: ContractDocument, source: string): Contract {
  return readContract(document, source);
}

function readContract(document: ContractDocument, source: string): Contract {
  const workshop = openWorkshop(document, source);
  const { types, vetter, scope } = workshop;

  for (const [name, schema] of scope.definitions) {
    const path = pointer('/$defs', name);
    vetter.declaration(schema, types.definition(name, path), path);
  }
  refuseLoops(scope);
  const contract: Contract = {
    name: document.name,
    source,
    sha256: createHash('sha256').update(JSON.stringify(document)).digest('hex'),
    handshake: document.handshake,
    exclusive: document.exclusive ?? false,
    errorTypes: mapEntries(document.errorTypes, (name, schema) => {
      const path = pointer('/errorTypes', name);
      const type = types.of(schema, path);
      vetter.declaration(schema, type, path);
      return concrete(type, path, source);
    }),
    hostServices: mapEntries(document.hostServices, (name, service): ServiceContract => {
      const path = pointer('/hostServices', name);
      return { name, methods: readMethods(workshop, service.methods, path, 'host') };
    }),
    plugins: mapEntries(document.plugins, (name, plugin) => readPlugin(workshop, name, plugin)),
    ...(document.laws !== undefined && { laws: document.laws }),
    json: document,
  };
  workshop.examples.check();
  return contract;
}

function openWorkshop(document: ContractDocument, source: string): Workshop & { examples: Examples } {
  const scope: Scope = { source, definitions: new Map(Object.entries(document.$defs ?? {})) };
  const types = new GobTypes(scope);
  const vetter = new Vetter(scope, types, Object.keys(document.hostServices ?? {}));
  const judge = new Judge(scope, types);
  const examples = new Examples(scope, judge, vetter.examples);
  const sampler = new Sampler(scope, (schema) => examples.of(schema));
  return { scope, types, vetter, judge, sampler, examples };
}

function readPlugin(workshop: Workshop, name: string, plugin: PluginDocument): PluginContract {
  const path = pointer('/plugins', name);
  const transport = plugin.transport ?? 'netrpc';
  if (transport === 'netrpc' && plugin.services !== undefined) {
    throw invalidContract(workshop.scope.source, {
      path: pointer(path, 'services'),
      found: 'gRPC services for the transport netrpc',
      expected: '"transport": "grpc" beside them, or none',
    });
  }
  if (transport === 'netrpc' && plugin.methods === undefined) {
    throw invalidContract(workshop.scope.source, {
      path: pointer(path, 'methods'),
      found: 'nothing',
      expected: 'the methods of the plugin, by name',
    });
  }
  const methods = readMethods(workshop, plugin.methods ?? {}, path, 'plugin');
  return { name, transport, methods, services: plugin.services ?? [] };
}

function readMethods(
  workshop: Workshop,
  methods: Readonly<Record<string, MethodDocument>>,
  path: string,
  serves: 'plugin' | 'host',
): Map<string, MethodContract> {
  const replyOf = (name: string): GobType | undefined => {
    const other = Object.hasOwn(methods, name) ? methods[name] : undefined;
    if (other?.args !== null || other.reply === null) return undefined;
    return workshop.types.of(other.reply, pointer(path, 'methods', name, 'reply'));
  };
  return mapEntries(methods, (name, method) =>
    readMethod(workshop, name, method, pointer(path, 'methods', name), serves, replyOf),
  );
}

/** gob registers concrete types only; an interface value holds one of those. */
function concrete(type: GobType, path: string, source: string): GobType {
  if (type.kind !== 'interface') return type;
  throw invalidContract(source, {
    path,
    found: 'an interface',
    expected: 'the shape of a concrete error type, such as a struct or a string',
  });
}

/** Makes every smallest sample once: a contract without one is refused now, not in the middle of a run. */
function checkSamples(contract: Contract): void {
  for (const { methods } of [...contract.plugins.values(), ...contract.hostServices.values()]) {
    for (const method of methods.values()) {
      method.sampleArgs();
      method.sampleReply();
    }
  }
}

function mapEntries<T, U>(
  record: Readonly<Record<string, T>> | undefined,
  change: (key: string, value: T) => U,
): Map<string, U> {
  return new Map(Object.entries(record ?? {}).map(([key, value]) => [key, change(key, value)]));
}
