import * as fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Contract,
  loadContract,
  type MethodContract,
  parseContract,
} from '../../../harness/contract/index.js';
import { documentWith } from '../../../harness/contract/contract.util.js';
import type { JsonValue, Value } from '../../../harness/value/index.js';
import { toJson } from '../../../harness/value/index.js';
import { argsArbitrary } from './method-arbitrary.js';

/** A method of a contract, with the contract. */
export interface Known {
  readonly contract: Contract;
  readonly method: MethodContract;
}

/** A method that takes the type. */
export function taking(schema: object, types: object = {}): Known {
  return methodOf(parseContract(documentWith({ args: schema }, { $defs: types }), 'test.json'), 'Call');
}

export function methodOf(contract: Contract, name: string): Known {
  for (const { methods } of contract.plugins.values()) {
    const method = methods.get(name);
    if (method !== undefined) return { contract, method };
  }
  throw new Error(`no method ${name}`);
}

export async function iglu(name: string): Promise<Known> {
  return methodOf(await loadContract('iglu'), name);
}

export async function hooks(name: string): Promise<Known> {
  return methodOf(await loadContract(HOOKS), name);
}

export const HOOKS = new URL('../../../examples/contracts/hooks.json', import.meta.url).pathname;

/** Enough to find what one value in hundreds has. */
const RUNS = 10_000;

/** What a property’s first failures shrink to, for some seeds, each once. */
export function shrunk(
  { contract, method }: Known,
  holds: (value: never) => boolean,
  seeds = 8,
): JsonValue[] {
  const found = new Map<string, JsonValue>();
  const property = fc.property(argsArbitrary(contract, method), (value) => holds(value as never));
  for (let seed = 1; seed <= seeds; seed++) {
    const { counterexample } = fc.check(property, { seed, numRuns: RUNS });
    if (counterexample === null) throw new Error(`no counterexample with the seed ${seed}`);
    const [value] = counterexample;
    expect(method.violationsOfArgs(value)).toEqual([]);
    const json = toJson(value);
    found.set(JSON.stringify(json), json);
  }
  return [...found.values()];
}

/** Values of a method, always the same. */
export function sampled({ contract, method }: Known, count: number, seed = 1): Value[] {
  return fc.sample(argsArbitrary(contract, method), { seed, numRuns: count });
}
