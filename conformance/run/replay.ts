import { inspectExecutable, LaunchError } from '../../harness/launch/index.js';
import { toJson } from '../../harness/value/index.js';
import type { Evidence } from '../checks/index.js';
import { evidenceOf } from '../checks/outcomes.js';
import { ENVIRONMENT_JUDGES } from '../checks/wire.js';
import {
  parseCounterexample,
  readCounterexample,
  readFlags,
  replayCounterexample,
  stepsOf,
  type Counterexample,
  type ReplayFlags,
  type ReplayOutcome,
  type SeenFailure,
} from '../fuzz/counterexample/index.js';
import { launchable, type Command } from './command.js';
import { withDefaults, type CheckOptions } from './options.js';
import { Subject } from '../subject/index.js';

/** What can be asked of a replay. What is not given stands in the counterexample. */
export interface ReplayOptions extends Pick<
  CheckOptions,
  'contract' | 'cookie' | 'env' | 'passEnv' | 'inheritEnv' | 'startTimeoutMs' | 'timeoutMs'
> {
  /** The plugin: a path, or a name on PATH, and its arguments; files among them are found from our own folder. */
  readonly command?: Command;
  /** How often, each time on a fresh process; once unless given. */
  readonly times?: number;
}

/** What came of a counterexample. */
export interface Replay {
  /** What each of them means stands at `ReplayOutcome`. */
  readonly verdict: ReplayOutcome['verdict'];
  /** How often it failed, of so many times; `null` where it was not done. */
  readonly rate: { readonly failed: number; readonly of: number } | null;
  /** The key of the promise that is broken now; `null` where none is, or the plugin does not even start. */
  readonly key: string | null;
  /** What is wrong, or why it could not be judged; `null` for what is fixed. */
  readonly message: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly evidence: Evidence | null;
  /** What else is worth knowing. */
  readonly notes: readonly string[];
}

/**
 * Does a counterexample again, on a fresh process of the plugin: `(await replay('found.json')).verdict`.
 *
 * Never throws for what the plugin does, and ends whatever it started. Runs the command that stands in the
 * counterexample unless one is given; of our environment it passes on what the options say, and nothing else.
 *
 * @param counterexample - its file, or the document itself
 * @throws CounterexampleError when it is none; ContractError when the contract cannot be used; RunError when a variable
 * that is to be passed on is missing
 */
export async function replay(
  counterexample: string | Counterexample,
  options: ReplayOptions = {},
): Promise<Replay> {
  const document =
    typeof counterexample === 'string'
      ? await readCounterexample(counterexample)
      : parseCounterexample(JSON.stringify(counterexample), 'The document');
  const flags = readFlags(document.flags);
  if ('problem' in flags) throw new Error('A counterexample that was read has flags.');
  const missing = notPassedOn(flags, options);
  if (missing !== undefined) return unjudged(missing);
  const { times = 1, command: named = document.subject.command as Command, ...given } = options;
  const shared = await withDefaults({
    ...ownFlags(flags),
    contract: flags.contract ?? document.contract.name,
    ...given,
    env: { ...flags.env, ...given.env },
    seed: 0,
  });
  const found = await findProgram(named);
  if ('problem' in found) return unjudged(found.problem);
  const subject = new Subject({ ...shared, command: found.command });
  try {
    const outcome = await replayCounterexample(subject, document, {
      times,
      environments: ENVIRONMENT_JUDGES,
    });
    return result(document, outcome);
  } finally {
    await subject.endPlugins();
  }
}

/** A file does not get our environment just by asking for it. */
function notPassedOn(
  flags: ReplayFlags,
  { inheritEnv, passEnv = [], env = {} }: ReplayOptions,
): string | undefined {
  if (inheritEnv) return undefined;
  const name = flags.passEnv.find((each) => !passEnv.includes(each) && !Object.hasOwn(env, each));
  if (!flags.inheritEnv && name === undefined) return undefined;
  const flag = flags.inheritEnv ? '--inherit-env' : `--env ${name}`;
  return `It was found with ${flag}, which hands our environment to the plugin: give that option again.`;
}

/** What changes what the plugin is asked, and nothing of what it is given of ours. */
function ownFlags({
  cookie,
  requireAll,
  allowEffects,
  startTimeoutMs,
  timeoutMs,
}: ReplayFlags): CheckOptions {
  return {
    ...(cookie ? { cookie } : {}),
    ...(requireAll ? { requireAll } : {}),
    ...(allowEffects ? { allowEffects } : {}),
    ...(startTimeoutMs === undefined ? {} : { startTimeoutMs }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  };
}

async function findProgram(
  named: Command,
): Promise<{ readonly command: Command } | { readonly problem: string }> {
  try {
    const command = await launchable(named);
    const inspection = await inspectExecutable(command[0]);
    return inspection.ok ? { command } : { problem: inspection.detail };
  } catch (error) {
    if (error instanceof LaunchError) return { problem: error.message };
    throw error;
  }
}

function unjudged(message: string): Replay {
  return {
    verdict: 'unjudged',
    rate: null,
    key: null,
    message,
    expected: null,
    actual: null,
    evidence: null,
    notes: [],
  };
}

function result(document: Counterexample, outcome: ReplayOutcome): Replay {
  const { verdict, notes } = outcome;
  if ('why' in outcome) return { ...unjudged(outcome.why), verdict, notes };
  const { rate } = outcome;
  if (!('seen' in outcome)) return { ...unjudged(''), verdict, rate, message: null, notes };
  const { key = null, message, expected, actual } = outcome.seen;
  return { verdict, rate, key, message, expected, actual, evidence: evidence(document, outcome.seen), notes };
}

function evidence({ what }: Counterexample, { plugin, reply }: SeenFailure): Evidence {
  const last = what.kind === 'calls' ? stepsOf(what.steps).at(-1)?.calls.at(-1) : undefined;
  const more: Evidence = {
    ...(last ? { arguments: toJson(last.args) } : {}),
    ...(reply === undefined ? {} : { reply }),
  };
  return plugin ? evidenceOf(plugin, more) : more;
}
