import { type Contract, parseContract } from '../../../harness/contract/index.js';
import type { Value, ValueStruct } from '../../../harness/value/index.js';
import type { Edge } from './edges.js';

/** A type of which values are generated, and what has to be among them. */
export interface ArbitrarySchema {
  readonly name: string;
  readonly schema: object;
  /** Named types that it refers to. */
  readonly types?: Readonly<Record<string, object>>;
  readonly edges: readonly Edge[];
}

export const STRING = { type: 'string' };
export const INT = { type: 'integer' };
export const BOOL = { type: 'boolean' };

export function struct(properties: object, more: object = {}): object {
  return { type: 'object', properties, ...more };
}

export function list(items: object, more: object = {}): object {
  return { type: 'array', items, ...more };
}

export function map(values: object, more: object = {}): object {
  return { type: 'object', additionalProperties: values, ...more };
}

/** A field of a struct. */
export function field(value: Value, name: string): Value {
  return (value as ValueStruct)[name] ?? null;
}

/** A contract with one method, `Call` of `p`, that takes the type. */
export function contractOf({ schema, types = {} }: Pick<ArbitrarySchema, 'schema' | 'types'>): Contract {
  return parseContract(
    {
      name: 'schemas',
      handshake: { protocolVersions: [1], magicCookieKey: 'KEY', magicCookieValue: 'value' },
      plugins: { p: { methods: { Call: { args: schema, reply: null } } } },
      $defs: types,
    },
    'schemas.json',
  );
}
