import { HarnessError } from '../../harness/errors.js';
import { LaunchError } from '../../harness/launch/index.js';
import type { CheckOutcome } from '../checks/index.js';
import type { Performer } from './perform.js';
import type { Plan, PlannedCheck } from './plan.js';
import type { Quiet } from './quiet.js';

/** A failure by time counts when it has come this often, the last times with nothing else running. */
const TIMES_TO_BELIEVE = 3;

export interface Ran {
  readonly planned: PlannedCheck & { readonly selected: boolean };
  readonly outcome: CheckOutcome;
  readonly durationMs: number;
}

export interface RunChecksOptions {
  /** How many checks may be under way at a time. */
  readonly parallel: number;
  readonly quiet: Quiet;
  onStart?(key: string): void;
  onResult?(ran: Ran): void;
}

/** Runs a plan: each check as soon as what it needs is there. Results come back in the plan's order. */
export async function runChecks(performer: Performer, plan: Plan, options: RunChecksOptions): Promise<Ran[]> {
  const results = new Map<string, Promise<Ran>>();
  const free = new Slots(options.parallel);
  for (const planned of plan.checks) {
    const needs = planned.needs.flatMap((key) => results.get(key) ?? []);
    results.set(
      planned.key,
      Promise.all(needs).then(async (needed) => {
        const hindrance = hindranceOf(needed);
        if (hindrance) return settle(planned, hindrance, 0, options);
        const release = await free.take();
        const start = performance.now();
        try {
          options.onStart?.(planned.key);
          const outcome = await runOne(performer, planned, options.quiet);
          return settle(planned, outcome, performance.now() - start, options);
        } finally {
          release();
        }
      }),
    );
  }
  return Promise.all(results.values());
}

function settle(
  planned: Ran['planned'],
  outcome: CheckOutcome,
  durationMs: number,
  options: RunChecksOptions,
): Ran {
  const ran = { planned, outcome, durationMs };
  options.onResult?.(ran);
  return ran;
}

/** Why a check cannot say anything: a failure that it would only repeat, or something that could not be told. */
function hindranceOf(needed: readonly Ran[]): CheckOutcome | undefined {
  const failure = needed.find(({ outcome }) => outcome.outcome === 'failed');
  if (failure) {
    const { outcome, planned } = failure;
    return { outcome: 'failed', blockedBy: 'blockedBy' in outcome ? outcome.blockedBy : planned.key };
  }
  const unknown = needed.find(({ outcome }) => outcome.outcome === 'inconclusive');
  return unknown && { outcome: 'inconclusive', message: `${unknown.planned.key} could not be told.` };
}

async function runOne(performer: Performer, planned: PlannedCheck, quiet: Quiet): Promise<CheckOutcome> {
  let outcome = await quiet.share(() => attempt(performer, planned, 0));
  for (let tries = 1; tries < TIMES_TO_BELIEVE && isByTime(outcome); tries++) {
    outcome = await quiet.alone(() => attempt(performer, planned, tries));
  }
  return outcome;
}

function isByTime(outcome: CheckOutcome): boolean {
  return outcome.outcome === 'failed' && 'byTime' in outcome && (outcome.byTime ?? false);
}

async function attempt(
  { perform, limitMs }: Performer,
  planned: PlannedCheck,
  tries: number,
): Promise<CheckOutcome> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      perform(planned, tries),
      new Promise<CheckOutcome>((resolve) => {
        timer = setTimeout(() => {
          resolve({
            outcome: 'inconclusive',
            message: `The check did not come to an end within ${limitMs} ms.`,
          });
        }, limitMs);
      }),
    ]);
  } catch (error) {
    // It was inspected before: that it cannot be started now is not the plugin's doing.
    if (error instanceof LaunchError) return { outcome: 'inconclusive', message: error.message };
    // The plugin did something that the check did not expect: looked at again, and then a failure.
    if (error instanceof HarnessError) return broken(error.message);
    return {
      outcome: 'inconclusive',
      message: `A defect of iglu-conformance, not of what it judges: ${stackOf(error)}`,
    };
  } finally {
    clearTimeout(timer);
  }
}

/** What happened and where, in one line. */
function stackOf(error: unknown): string {
  const [what = '', where = ''] = (error instanceof Error && error.stack ? error.stack : String(error)).split(
    '\n',
  );
  return `${what} ${where.trim()}`.trim();
}

function broken(message: string): CheckOutcome {
  return {
    outcome: 'failed',
    message,
    expected: 'it can be talked to',
    actual: message,
    byTime: true,
  };
}

/** A counting semaphore. */
class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(count: number) {
    this.#free = count;
  }

  async take(): Promise<() => void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return () => {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    };
  }
}
