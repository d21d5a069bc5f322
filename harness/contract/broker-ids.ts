import { refName, type Schema, type Scope } from './document.js';
import { invalidContract } from './errors.js';
import { pointer } from './pointer.js';

/** An argument that is a broker id: the fields that lead to it, and the host service behind it. */
export interface BrokerId {
  /** Field names from the arguments down; empty when the arguments are the id themselves. */
  readonly path: readonly string[];
  /** A name in the contract's `hostServices`. */
  readonly service: string;
}

/**
 * The broker ids in the arguments of a plugin's method.
 *
 * @throws ContractError for one in a list or a map, where their number is not known before the call
 */
export function brokerIdsOf(scope: Scope, args: Schema, path: string): BrokerId[] {
  return [...find(scope, args, path, [])].map(({ at, fields, service }) => {
    if (fields !== undefined) return { path: fields, service };
    throw invalidContract(scope.source, {
      path: at,
      found: '"brokerId" in a list or a map',
      expected: 'broker ids in fields only: one is served for each before the call',
    });
  });
}

/**
 * Refuses broker ids where nobody would serve them: in replies, and in what a plugin sends to a host service.
 *
 * @throws ContractError
 */
export function refuseBrokerIds(scope: Scope, schema: Schema, path: string): void {
  for (const { at } of find(scope, schema, path, [])) {
    throw invalidContract(scope.source, {
      path: at,
      found: '"brokerId" in a type that a plugin sends',
      expected: "broker ids only in the arguments of a plugin's methods",
    });
  }
}

interface Found {
  readonly at: string;
  /** `undefined` in a list or a map. */
  readonly fields: readonly string[] | undefined;
  readonly service: string;
}

function* find(
  scope: Scope,
  schema: Schema,
  path: string,
  fields: readonly string[] | undefined,
  inside: readonly string[] = [],
): Generator<Found> {
  if (schema.brokerId !== undefined)
    yield { at: pointer(path, 'brokerId'), fields, service: schema.brokerId };
  if (schema.$ref !== undefined) {
    const name = refName(schema.$ref);
    const definition = scope.definitions.get(name);
    if (definition === undefined || inside.includes(name)) return;
    yield* find(scope, definition, pointer('/$defs', name), fields, [...inside, name]);
    return;
  }
  for (const [field, of] of Object.entries(schema.properties ?? {})) {
    const down = fields === undefined ? undefined : [...fields, field];
    yield* find(scope, of, pointer(path, 'properties', field), down, inside);
  }
  for (const keyword of ['items', 'additionalProperties'] as const) {
    const elements = schema[keyword];
    if (typeof elements !== 'object') continue;
    yield* find(scope, elements, pointer(path, keyword), undefined, inside);
  }
}
