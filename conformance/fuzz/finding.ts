import { breachKey, type Breach } from './breach.js';
import type { Call, Step } from './call.js';
import type { LifeOptions } from './life.js';
import { oneAfterTheOther, withoutNeedless, withSimplerArguments } from './minimize.js';
import { replaySteps, type Rate } from './replay-steps.js';
import { hasty, search, type Failure, type SearchOptions, type SearchResult } from './search.js';

/** A breach with the least that brings it about. */
export interface Finding {
  readonly breach: Breach;
  readonly steps: readonly Step[];
  /** How often these steps broke it when they were done again. */
  readonly rate: Rate;
  /** fast-check’s seed and path; `undefined` for a counterexample that was saved before. */
  readonly origin: Origin | undefined;
}

export interface Origin {
  readonly seed: number;
  readonly path: string;
}

/** How often a finding is done again, and how often when it does not fail each time. */
const AGAIN = 4;
const AGAIN_IF_FLAKY = 10;

/** So many answers that are late by the real limit may be waited for when it cannot be shrunk in haste. */
const PATIENT_ANSWERS = 6;

/** Makes a finding of what a search found; `undefined` for what nobody would believe. */
export async function settled(options: SearchOptions, result: SearchResult): Promise<Finding | undefined> {
  const { found, seed, path } = result;
  if (!found) return undefined;
  const { breach } = found.first;
  const isLate = breach.promise === 'answers-in-time';
  const key = breachKey(breach);
  const life = isLate ? hasty(options.life) : options.life;
  const until = performance.now() + options.shrinkMs;
  const goesOn = (): boolean => performance.now() < until;
  const stillFails = async (steps: readonly Step[]): Promise<boolean> =>
    (await replaySteps(life, steps, key)) !== undefined;
  const fewest = await oneAfterTheOther(
    await withoutNeedless(found.least.steps, stillFails, goesOn),
    stillFails,
  );
  const least = await withSimplerArguments(fewest, (call) => isValid(life, call), stillFails, goesOn);
  const origin = { seed, path };
  for (const steps of [least, fewest, found.least.steps]) {
    const again = await replaySteps(options.life, steps, key);
    if (again) return stands(options.life, again, origin);
  }
  if (isLate) return patiently(options, result, key);
  return stands(options.life, found.first, origin);
}

function isValid({ methods }: LifeOptions, { plugin, method, args }: Call): boolean {
  const target = methods.find((each) => each.plugin === plugin && each.method.name === method);
  return target !== undefined && target.method.violationsOfArgs(args).length === 0;
}

/** Shrinks what is late by the real limit: what takes long and not for ever may have been shrunk too far in haste. */
async function patiently(
  options: SearchOptions,
  { seed, path }: SearchResult,
  key: string,
): Promise<Finding | undefined> {
  const { found, path: way } = await search({
    ...options,
    seed,
    path: path.split(':', 1)[0] ?? path,
    isNews: (breach) => breachKey(breach) === key,
    goesOn: () => true,
    ready: () => Promise.resolve(),
    isPatient: true,
    shrinkMs: PATIENT_ANSWERS * options.life.timeoutMs,
  });
  if (!found) return undefined;
  return stands(options.life, found.least, { seed, path: way });
}

/**
 * A failure with the rate at which it comes again; `undefined` when it never does and may as well have been the
 * machine: an answer that was late, a process that somebody else killed.
 *
 * @throws HarnessError when the plugin cannot be started any more
 */
export async function stands(
  life: LifeOptions,
  { breach, steps }: Failure,
  origin: Origin | undefined,
): Promise<Finding | undefined> {
  const key = breachKey(breach);
  let last = breach;
  let failed = 0;
  let of = 0;
  // A late answer is looked at again when nothing else runs.
  const isLate = breach.promise === 'answers-in-time';
  for (let times = isLate ? 1 : AGAIN; of < times; of++) {
    const again = await replaySteps(life, steps, key);
    if (again) {
      failed += 1;
      last = again.breach;
    } else if (!isLate) times = AGAIN_IF_FLAKY;
  }
  if (failed === 0 && mayBeChance(breach)) return undefined;
  return { breach: last, steps, rate: { failed, of }, origin };
}

/**
 * Whether what was seen once may have another reason than the plugin: a slow machine, a machine that is short of memory
 * and kills, a device that somebody switched meanwhile.
 */
function mayBeChance({ promise, plugin }: Breach): boolean {
  if (promise === 'process-lives') return plugin.process.exited?.signal === 'SIGKILL';
  return promise === 'answers-in-time' || promise === 'own-answers' || promise === 'laws';
}
