import * as fc from 'fast-check';
import type { ProcessUsage } from '../../harness/launch/index.js';
import { HarnessError } from '../../harness/errors.js';
import { toJson } from '../../harness/value/index.js';
import type { MethodTarget, Subject } from '../subject/index.js';
import { callArbitrary } from './arbitraries/index.js';
import type { Call, Step } from './call.js';
import { Life, type LifeOptions } from './life.js';
import { fuzzableMethods } from './methods.js';

/** What calls take and do not give back. */
export type Resource = 'descriptors' | 'memory';

export interface Leak {
  readonly resource: Resource;
  readonly target: string;
  readonly steps: readonly Step[];
  /** What the process had after each of the windows, in descriptors or in bytes. */
  readonly seen: readonly number[];
  /** Calls of one window. */
  readonly calls: number;
}

export interface Endurance {
  readonly leaks: readonly Leak[];
  /** Calls of each target that was watched. */
  readonly calls: ReadonlyMap<string, number>;
  /** Why nothing could be told, if so. */
  readonly problem: string | undefined;
}

/** Different calls of a method that take turns. */
const VARIANTS = 16;

/** Larger arguments take memory for their own sake, in characters of JSON. */
const MAX_CHARACTERS = 2_000;

/** Calls in flight at a time. */
const TOGETHER = 8;

/** Rounds of all variants before the first look: caches fill, pools and goroutines come to be. */
const WARM_UP = 3;

/** Looks after that, and the rounds between two of them. */
const WINDOWS = 4;
const ROUNDS = 6;

/** A leak of one call in twenty is one; a descriptor now and then is none. */
const LEAST_DESCRIPTORS = 5;

/** Less than this between two looks is how an allocator breathes, bytes. */
const LEAST_GROWTH = 1024 * 1024;

/** Growth goes on until it is this much, or it is none: collectors of garbage are in no hurry, bytes. */
const BELIEVED_GROWTH = 192 * 1024 * 1024;

/** What grows is watched for this long, ms … */
const PATIENCE_MS = 6_000;
/** … with this many times the rounds. */
const LONGER = 8;

/**
 * Calls each method over and over, and watches what its process takes of the machine.
 *
 * Never throws for what the plugin does.
 *
 * @param without - the names of targets that take the process down
 */
export async function endure(subject: Subject, without: ReadonlySet<string>): Promise<Endurance> {
  const leaks: Leak[] = [];
  const calls = new Map<string, number>();
  const methods = (await fuzzableMethods(subject)).filter(({ name }) => !without.has(name));
  const options = { subject, laws: [], methods, timeoutMs: subject.budgets.timeoutMs };
  let life: Life | undefined;
  try {
    for (const target of methods) {
      if (!life?.alive) {
        await life?.end();
        life = await Life.begin(options);
      }
      const steps = variantsOf(subject, target);
      const watched = await watch(life, steps, subject.budgets.timeoutMs);
      if (watched === 'unknown')
        return { leaks, calls, problem: 'this system does not tell what a process takes' };
      calls.set(target.name, watched.calls);
      for (const { resource, seen } of watched.grown) {
        const found = (await narrowed(options, steps, resource)) ?? { steps, seen };
        leaks.push({ resource, target: target.name, ...found, calls: ROUNDS * VARIANTS });
      }
    }
    return { leaks, calls, problem: undefined };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { leaks, calls, problem: error.message };
  } finally {
    await life?.end();
  }
}

/** Whether these calls, made by themselves, are a leak. @throws HarnessError when the plugin cannot be started */
export async function stillLeaks(
  options: LifeOptions,
  steps: readonly Step[],
  resource: Resource,
): Promise<readonly number[] | undefined> {
  const life = await Life.begin(options);
  try {
    const watched = await watch(life, steps, options.timeoutMs);
    return watched === 'unknown' ? undefined : watched.grown.find((each) => each.resource === resource)?.seen;
  } finally {
    await life.end();
  }
}

/** The first of the calls that is a leak by itself. */
async function narrowed(
  options: LifeOptions,
  steps: readonly Step[],
  resource: Resource,
): Promise<{ steps: readonly Step[]; seen: readonly number[] } | undefined> {
  const calls = steps.flatMap((step) => step.calls).sort((a, b) => lengthOf(a) - lengthOf(b));
  for (const call of calls) {
    const step = { calls: [call], times: VARIANTS };
    const seen = await stillLeaks(options, [step], resource);
    if (seen) return { steps: [step], seen };
  }
  return undefined;
}

interface Watched {
  readonly grown: readonly { readonly resource: Resource; readonly seen: readonly number[] }[];
  readonly calls: number;
}

async function watch(life: Life, steps: readonly Step[], timeoutMs: number): Promise<Watched | 'unknown'> {
  const begun = life.steps.length;
  await rounds(life, steps, WARM_UP, timeoutMs);
  let looks = await lookAt(life, steps, ROUNDS, timeoutMs);
  if (looks === undefined) return 'unknown';
  const grown: { resource: Resource; seen: readonly number[] }[] = [];
  for (const resource of ['descriptors', 'memory'] as const) {
    if (!grows(looks, resource)) continue;
    // Looked at for longer: what is given back in the end is no leak.
    const longer = await lookAt(
      life,
      steps,
      resource === 'descriptors' ? 2 * ROUNDS : LONGER * ROUNDS,
      PATIENCE_MS,
    );
    if (!longer || !grows(longer, resource)) continue;
    const [first = 0, last = 0] = [amounts(longer, resource).at(0), amounts(longer, resource).at(-1)];
    if (resource === 'memory' && last - first < BELIEVED_GROWTH && !(await growsOn(life, steps, last)))
      continue;
    grown.push({ resource, seen: amounts(longer, resource) });
    looks = longer;
  }
  const calls = life.steps.slice(begun).reduce((sum, step) => sum + step.calls.length, 0);
  // What was done is of no more use, and there is much of it.
  life.steps.length = begun;
  return { grown, calls };
}

/** Goes on until the memory has grown beyond doubt, or it is enough of waiting. */
async function growsOn(life: Life, steps: readonly Step[], from: number): Promise<boolean> {
  const until = performance.now() + PATIENCE_MS;
  for (let before = from; performance.now() < until && life.alive;) {
    await rounds(life, steps, LONGER * ROUNDS, PATIENCE_MS);
    const now = (await life.session.plugin.process.usage())?.residentBytes ?? 0;
    if (now - before < LEAST_GROWTH) return false;
    if (now - from > BELIEVED_GROWTH) return true;
    before = now;
  }
  return false;
}

async function rounds(life: Life, steps: readonly Step[], times: number, budgetMs: number): Promise<void> {
  const until = performance.now() + budgetMs;
  for (let round = 0; round < times && life.alive && performance.now() < until; round++) {
    for (const step of steps) await life.take(step);
  }
}

/** What the process takes after each window; `undefined` where that cannot be told. */
async function lookAt(
  life: Life,
  steps: readonly Step[],
  times: number,
  budgetMs: number,
): Promise<ProcessUsage[] | undefined> {
  const looks: ProcessUsage[] = [];
  for (let window = 0; window <= WINDOWS; window++) {
    if (window > 0) await rounds(life, steps, times, budgetMs / WINDOWS);
    const usage = await life.session.plugin.process.usage();
    if (!usage) return life.alive ? undefined : [];
    looks.push(usage);
  }
  return looks;
}

function amounts(looks: readonly ProcessUsage[], resource: Resource): number[] {
  return looks.map(({ descriptors, residentBytes }) =>
    resource === 'descriptors' ? descriptors : residentBytes,
  );
}

/** Whether there was more at each look than at the one before. */
function grows(looks: readonly ProcessUsage[], resource: Resource): boolean {
  const least = resource === 'descriptors' ? LEAST_DESCRIPTORS : LEAST_GROWTH;
  const seen = amounts(looks, resource);
  return seen.length > WINDOWS && seen.every((amount, n) => n === 0 || amount - (seen[n - 1] ?? 0) >= least);
}

/** Calls of a method in steps of a few: with its own values as often as with others. */
function variantsOf({ contract, options }: Subject, { plugin, method }: MethodTarget): Step[] {
  const all = method.hasArgs
    ? fc.sample(callArbitrary(contract, plugin, method), { seed: options.seed, numRuns: 4 * VARIANTS })
    : [{ plugin, method: method.name, args: method.sampleArgs(), taken: [] }];
  const short = all.filter((call) => lengthOf(call) <= MAX_CHARACTERS).slice(0, VARIANTS);
  const calls = Array.from(
    { length: short.length === 0 ? 0 : VARIANTS },
    (_, n) => short[n % short.length] as Call,
  );
  return Array.from({ length: calls.length / TOGETHER }, (_, n) => ({
    calls: calls.slice(n * TOGETHER, (n + 1) * TOGETHER),
  }));
}

function lengthOf({ args }: Call): number {
  return JSON.stringify(toJson(args)).length;
}
