import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Subject } from '../../subject/index.js';
import { Bench } from './bench.js';
import type { Recipe } from './build-case.js';
import type { PlannedCase } from './plan.js';
import type { Patience } from './play.js';
import type { WireFailure, WireOutcome } from './seat.js';
import type { WireCase } from './wire-case.js';
import type { WireOptions } from './wire-options.js';

/** What a plugin does not withstand. */
export interface WireFinding {
  /** The smallest that was found; mostly one, in this order if it takes several. */
  readonly cases: readonly WireCase[];
  readonly outcome: WireFailure;
  /** How often it came again, each time on a fresh process. */
  readonly failed: number;
  readonly runs: number;
}

/** How long an answer is waited for while smaller cases are tried, in ms; what is told has been waited for longer. */
const TRIAL_MS = 2_000;

/** The case after which it was seen, and so many before it, may each have been the one. */
const LATE_BY = 3;

/**
 * Finds out which of the suspects it was; makes that one as small as it can; and confirms it on fresh processes.
 *
 * @returns `undefined` when it does not come again
 */
export async function pursue(
  subject: Subject,
  suspects: readonly PlannedCase[],
  build: (recipe: Recipe) => WireCase,
  patience: Patience,
  options: WireOptions,
): Promise<WireFinding | undefined> {
  const bench = new Bench(subject, patience);
  const pursuit: Pursuit = {
    bench,
    build,
    until: performance.now() + options.shrinkMs,
    trialMs: Math.min(TRIAL_MS, subject.budgets.timeoutMs),
  };
  try {
    const last = await walk(suspects, pursuit);
    if (last < 0) return undefined;
    const culprit = await single(suspects.slice(Math.max(0, last + 1 - LATE_BY), last + 1), pursuit);
    const cases = culprit
      ? [await shrink(culprit, pursuit)]
      : await halve(
          suspects.slice(0, last + 1).map(({ recipe }) => build(recipe)),
          pursuit,
        );
    return await confirm(bench, cases, subject.budgets.timeoutMs, options.confirmations);
  } finally {
    await bench.renew();
  }
}

interface Pursuit {
  readonly bench: Bench;
  readonly build: (recipe: Recipe) => WireCase;
  /** When there is no time left for smaller cases, in ms of `performance.now()`. */
  readonly until: number;
  readonly trialMs: number;
}

/** Has them all once more, one after the other; returns the index of the one after which the plugin was lost, or -1. */
async function walk(suspects: readonly PlannedCase[], { bench, build, trialMs }: Pursuit): Promise<number> {
  for (const [index, { recipe }] of suspects.entries()) {
    if ((await bench.try([build(recipe)], trialMs)).kind !== 'held') return index;
  }
  return -1;
}

/** The last of them that it does not withstand alone. */
async function single(
  suspects: readonly PlannedCase[],
  { bench, build, trialMs }: Pursuit,
): Promise<PlannedCase | undefined> {
  for (const suspect of [...suspects].reverse()) {
    await bench.renew();
    if ((await bench.try([build(suspect.recipe)], trialMs)).kind !== 'held') return suspect;
  }
  return undefined;
}

/** By fast-check: fewer mutations, and simpler ones, as long as the plugin does not withstand them. */
async function shrink(
  { recipe, arbitrary, seed, index }: PlannedCase,
  { bench, build, until, trialMs }: Pursuit,
): Promise<WireCase> {
  let smallest = build(recipe);
  // Much that fast-check takes for simpler comes to the same bytes.
  const held = new Map([[digest(smallest), false]]);
  await fc.check(
    fc.asyncProperty(arbitrary, async (simpler) => {
      const candidate = build(simpler);
      if (candidate.mutations.length === 0 || performance.now() > until) return true;
      const key = digest(candidate);
      const known = held.get(key);
      if (known !== undefined) return known;
      const outcome: WireOutcome = await bench.try([candidate], trialMs);
      held.set(key, outcome.kind === 'held');
      if (outcome.kind !== 'held') smallest = candidate;
      return outcome.kind === 'held';
    }),
    { seed, path: String(index), numRuns: 1 },
  );
  return smallest;
}

/** The same for conversations that are the same on the wire. */
function digest({ parts, ending }: WireCase): string {
  const hash = createHash('sha256').update(ending);
  for (const { bytes, dispensed, brokerIdAt } of parts) {
    hash.update(`${dispensed} ${brokerIdAt.join()} `).update(bytes);
  }
  return hash.digest('hex');
}

/** As long as one half alone is not withstood either, goes on with that half. */
async function halve(
  cases: readonly WireCase[],
  { bench, until, trialMs }: Pursuit,
): Promise<readonly WireCase[]> {
  let left = cases;
  while (left.length > 1 && performance.now() < until) {
    const middle = Math.ceil(left.length / 2);
    const failing = [];
    for (const half of [left.slice(middle), left.slice(0, middle)]) {
      await bench.renew();
      if ((await bench.try(half, trialMs)).kind !== 'held') failing.push(half);
    }
    const [half] = failing;
    if (!half) break;
    left = half;
  }
  return left;
}

async function confirm(
  bench: Bench,
  cases: readonly WireCase[],
  timeoutMs: number,
  confirmations: number,
): Promise<WireFinding | undefined> {
  let outcome: WireFailure | undefined;
  let failed = 0;
  let runs = 0;
  while (runs < confirmations) {
    await bench.renew();
    const again = await bench.try(cases, timeoutMs);
    runs += 1;
    if (again.kind === 'held') continue;
    outcome = again;
    failed += 1;
    // An answer that did not come was waited for in full: twice is enough.
    if (again.kind === 'unreachable' && again.byTime && failed === 2) break;
  }
  return outcome && { cases, outcome, failed, runs };
}
