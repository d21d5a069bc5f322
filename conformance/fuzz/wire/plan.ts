import * as fc from 'fast-check';
import { recipes, type Recipe } from './build-case.js';
import { GOB_MUTATIONS } from './gob-mutations.js';
import type { Layer, MutationClass } from './mutation.js';
import { RPC_MUTATIONS } from './rpc-mutations.js';
import { YAMUX_MUTATIONS } from './yamux-mutations.js';

export const MUTATIONS: Readonly<Record<Layer, readonly MutationClass[]>> = {
  yamux: YAMUX_MUTATIONS,
  rpc: RPC_MUTATIONS,
  gob: GOB_MUTATIONS,
};

/** Most mutations that one conversation has. */
const MOST_MUTATIONS = 4;

/** A case to come, and how fast-check makes it and what is simpler than it: by this seed, at this place. */
export interface PlannedCase {
  readonly recipe: Recipe;
  readonly arbitrary: fc.Arbitrary<Recipe>;
  readonly seed: number;
  readonly index: number;
}

/** The cases of a layer: every class of mutation alone, so many times, and then as many cases of several. */
export function planCases(
  layer: Layer,
  { seed, rounds }: { readonly seed: number; readonly rounds: number },
): PlannedCase[] {
  const classes = MUTATIONS[layer];
  const alone = classes.map(({ arbitrary }, index) =>
    generate(recipes(fc.tuple(arbitrary)), mix(seed, index), rounds),
  );
  const several = fc.array(fc.oneof(...classes.map(({ arbitrary }) => arbitrary)), {
    minLength: 1,
    maxLength: MOST_MUTATIONS,
  });
  const mixed = generate(recipes(several), mix(seed, classes.length), classes.length * rounds);
  const inTurn = Array.from({ length: rounds }, (_, round) => alone.flatMap((cases) => cases[round] ?? []));
  return [...inTurn.flat(), ...mixed];
}

/** How often each class comes alone, whatever the time. */
const SURE_ROUNDS = 3;

/** How many cases are had in any case. */
export function sureCases(layer: Layer): number {
  return SURE_ROUNDS * MUTATIONS[layer].length;
}

function generate(arbitrary: fc.Arbitrary<Recipe>, seed: number, numRuns: number): PlannedCase[] {
  const cases: PlannedCase[] = [];
  fc.check(
    fc.property(arbitrary, (recipe) => {
      cases.push({ recipe, arbitrary, seed, index: cases.length });
    }),
    { seed, numRuns },
  );
  return cases;
}

/** Another seed for each arbitrary, so that no two of them go the same way. */
function mix(seed: number, index: number): number {
  return (Math.imul(seed ^ 0x9e37_79b9, 0x85eb_ca6b) + Math.imul(index + 1, 0xc2b2_ae35)) | 0;
}
