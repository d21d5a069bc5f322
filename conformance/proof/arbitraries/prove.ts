import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { argsArbitrary } from '../../fuzz/arbitraries/index.js';
import { type ArbitrarySchema, contractOf } from './schema.js';

export interface ArbitraryProof {
  readonly made: number;
  readonly valid: number;
  /** How many values each edge occurred in, in the schema’s order. */
  readonly edges: readonly { readonly name: string; readonly count: number }[];
  /** What was wrong with the first value that was not valid. */
  readonly problem: string | undefined;
}

/** Generates values of a schema, always the same, lets ajv judge each one, and counts the edges that occurred. */
export function proveArbitrary(schema: ArbitrarySchema, count: number): ArbitraryProof {
  const contract = contractOf(schema);
  const method = contract.plugins.get('p')?.methods.get('Call');
  if (method === undefined) throw new Error('the contract has no method Call');
  const counts = schema.edges.map(({ name }) => ({ name, count: 0 }));
  let valid = 0;
  let problem: string | undefined;
  const check = fc.property(argsArbitrary(contract, method), (value) => {
    const [violation] = method.violationsOfArgs(value);
    if (violation === undefined) valid++;
    else problem ??= violation.message;
    for (const [index, { occursIn }] of schema.edges.entries()) {
      const counted = counts[index];
      if (counted !== undefined && occursIn(value)) counted.count++;
    }
  });
  fc.assert(check, { seed: seedOf(schema.name), numRuns: count });
  return { made: count, valid, edges: counts, problem };
}

/** Another one for each schema: what one of them misses by chance, the others would miss as well. */
function seedOf(name: string): number {
  return createHash('sha256').update(name).digest().readInt32BE();
}
