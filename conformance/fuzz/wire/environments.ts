import { HarnessError } from '../../../harness/errors.js';
import type { Subject } from '../../subject/index.js';
import { smallerEnvironments } from './environment-cases.js';
import { runEnvironmentCase, type EnvironmentOutcome } from './environment-run.js';
import type { EnvironmentCase } from './wire-case.js';
import type { WireOptions } from './wire-options.js';

/** An environment under which the plugin does not keep its promise. */
export interface EnvironmentFinding {
  readonly environment: EnvironmentCase;
  readonly outcome: EnvironmentOutcome;
  /** What is wrong about it. */
  readonly text: string;
  readonly byTime: boolean;
  readonly failed: number;
  readonly runs: number;
}

export interface EnvironmentReport {
  readonly launches: number;
  readonly ms: number;
  readonly finding: EnvironmentFinding | undefined;
}

/** What is wrong about an outcome; `undefined` when it is as it should be. */
export type EnvironmentJudge = (outcome: EnvironmentOutcome) => string | undefined;

/** Launches that go on side by side. */
const LANES = 2;

/** How often an environment is looked at again, each time with a launch of its own. */
const CONFIRMATIONS = 3;

/**
 * Launches the plugin with each of the environments: the first ones in any case, the others while there is time.
 * Afterwards an honest launch has to work.
 */
export async function runEnvironments(
  subject: Subject,
  cases: readonly EnvironmentCase[],
  atLeast: number,
  judge: EnvironmentJudge,
  { launchesMs }: WireOptions,
): Promise<EnvironmentReport> {
  const start = performance.now();
  let launches = 0;
  let suspect: EnvironmentCase | undefined;
  const lane = async (): Promise<void> => {
    for (;;) {
      const environment = cases[launches];
      if (!environment || suspect) return;
      if (launches >= atLeast && performance.now() - start > launchesMs) return;
      launches += 1;
      const wrong = judge(await runEnvironmentCase(subject, environment));
      if (wrong !== undefined) suspect ??= environment;
    }
  };
  await Promise.all(Array.from({ length: subject.contract.exclusive ? 1 : LANES }, lane));
  const finding = suspect
    ? await confirm(subject, suspect, judge)
    : await honestLaunch(subject, cases[launches - 1]);
  return { launches, ms: performance.now() - start, finding };
}

async function confirm(
  subject: Subject,
  suspect: EnvironmentCase,
  judge: EnvironmentJudge,
): Promise<EnvironmentFinding | undefined> {
  let smallest = suspect;
  for (const smaller of smallerEnvironments(suspect)) {
    if (judge(await runEnvironmentCase(subject, smaller)) === undefined) continue;
    smallest = smaller;
    break;
  }
  let finding: EnvironmentFinding | undefined;
  let failed = 0;
  for (let run = 0; run < CONFIRMATIONS; run++) {
    const outcome = await runEnvironmentCase(subject, smallest);
    const text = judge(outcome);
    if (text === undefined) continue;
    failed += 1;
    const byTime = outcome.kind === 'failed' && outcome.byTime;
    finding = { environment: smallest, outcome, text, byTime, failed, runs: CONFIRMATIONS };
  }
  return finding && { ...finding, failed };
}

async function honestLaunch(
  subject: Subject,
  last: EnvironmentCase | undefined,
): Promise<EnvironmentFinding | undefined> {
  try {
    const { plugin, connection } = await subject.freshSession();
    try {
      await connection.ping();
      return undefined;
    } finally {
      await subject.release(plugin);
    }
  } catch (error) {
    if (!(error instanceof HarnessError) || !last) throw error;
    const text = `after these launches an honest one does not work: ${error.message}`;
    const outcome: EnvironmentOutcome = { kind: 'failed', text, byTime: false, stderr: '', stdout: '' };
    return { environment: last, outcome, text, byTime: false, failed: 1, runs: 1 };
  }
}
