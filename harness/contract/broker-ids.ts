import { findAnnotations } from './annotations.js';
import type { Schema, Scope } from './document.js';
import { invalidContract } from './errors.js';

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
  return [...findAnnotations(scope, args, path, 'brokerId')].map(({ at, fields, value: service }) => {
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
  for (const { at } of findAnnotations(scope, schema, path, 'brokerId')) {
    throw invalidContract(scope.source, {
      path: at,
      found: '"brokerId" in a type that a plugin sends',
      expected: "broker ids only in the arguments of a plugin's methods",
    });
  }
}
