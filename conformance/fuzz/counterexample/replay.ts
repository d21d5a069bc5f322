import type { LaunchedPlugin } from '../../../harness/client/index.js';
import { HarnessError } from '../../../harness/errors.js';
import { LaunchError } from '../../../harness/launch/index.js';
import type { JsonValue } from '../../../harness/value/index.js';
import type { Subject } from '../../subject/index.js';
import type { Rate } from '../replay-steps.js';
import type { EnvironmentJudge } from '../wire/index.js';
import type { Counterexample } from './counterexample.js';
import { timesToBeSure } from './luck.js';
import { replayCalls } from './replay-calls.js';
import { replayEnvironment, replayWire } from './replay-wire.js';

/** What was seen of a promise that is broken now. */
export interface SeenFailure {
  /** The key of the result that it would be a finding of; missing where the plugin does not even start. */
  readonly key?: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly reply?: JsonValue;
  /** Its process, as it was then. */
  readonly plugin?: LaunchedPlugin;
}

/**
 * What came of a counterexample.
 *
 * - `still-failing`: it breaks the same promise, in `rate.failed` of `rate.of` times.
 * - `different`: it does not, and something else broke.
 * - `fixed`: nothing broke, in `rate.of` times.
 * - `outdated`: the contract does not let these calls be made any more.
 * - `unjudged`: it could not be done: the plugin cannot be executed, or nobody knows how to judge it.
 */
export type ReplayOutcome = { readonly notes: readonly string[] } & (
  | { readonly verdict: 'still-failing' | 'different'; readonly rate: Rate; readonly seen: SeenFailure }
  | { readonly verdict: 'fixed'; readonly rate: Rate }
  | { readonly verdict: 'outdated' | 'unjudged'; readonly why: string }
);

export interface ReplayCounterexampleOptions {
  /** How often it is done, each time on a fresh process; once unless given. */
  readonly times?: number;
  /** What is wrong about a launch with a mutated environment, by the id of the check. */
  readonly environments?: ReadonlyMap<string, EnvironmentJudge>;
}

/** What one time came to. */
export interface Try {
  readonly same?: SeenFailure;
  readonly other?: SeenFailure;
}

/** How a counterexample is done: once, each time that it is called. */
export type Attempt = () => Promise<Try>;

/** Why it is not done. */
export interface Refusal {
  readonly verdict: 'outdated' | 'unjudged';
  readonly why: string;
}

/**
 * Does a counterexample again. Never throws for what the plugin does.
 *
 * @param subject - the plugin as it is now, with its contract; whoever made it ends its plugins
 * @throws ContractError when the contract’s laws cannot be loaded
 */
export async function replayCounterexample(
  subject: Subject,
  document: Counterexample,
  { times = 1, environments }: ReplayCounterexampleOptions = {},
): Promise<ReplayOutcome> {
  const prepared = await prepare(subject, document, environments);
  if ('verdict' in prepared) return { ...prepared, notes: [] };
  const { attempt, notes } = prepared;
  let last: SeenFailure | undefined;
  let other: SeenFailure | undefined;
  let failed = 0;
  let others = 0;
  for (let time = 0; time < times; time++) {
    let tried: Try;
    try {
      tried = await attempt();
    } catch (error) {
      if (error instanceof LaunchError) return { verdict: 'unjudged', why: error.message, notes };
      if (!(error instanceof HarnessError)) throw error;
      tried = { other: unstarted(error) };
    }
    if (tried.same) failed += 1;
    else if (tried.other) others += 1;
    last = tried.same ?? last;
    other = tried.other ?? other;
  }
  if (last) return { verdict: 'still-failing', rate: { failed, of: times }, seen: last, notes };
  if (other) return { verdict: 'different', rate: { failed: others, of: times }, seen: other, notes };
  return {
    verdict: 'fixed',
    rate: { failed: 0, of: times },
    notes: [...notes, ...luckNote(document, times)],
  };
}

function prepare(
  subject: Subject,
  document: Counterexample,
  environments: ReplayCounterexampleOptions['environments'],
): Promise<{ readonly attempt: Attempt; readonly notes: readonly string[] } | Refusal> {
  const { what } = document;
  if (what.kind === 'calls') return replayCalls(subject, document, what.steps);
  const attempt =
    what.kind === 'wire'
      ? replayWire(subject, document, what.cases)
      : replayEnvironment(subject, document, what, environments);
  return Promise.resolve({ attempt, notes: [] });
}

function unstarted(error: HarnessError): SeenFailure {
  return {
    message: error.message,
    expected: 'a plugin that starts, shakes hands and is dispensed',
    actual: `it does not (${error.code})`,
  };
}

/** A remark where that it did not fail may be luck. */
function luckNote({ rate }: Counterexample, times: number): string[] {
  const enough = timesToBeSure(rate);
  if (times >= enough) return [];
  return [
    `It is flaky: it failed in ${rate.failed} of ${rate.of} times when it was found. --times ${enough} tells for sure.`,
  ];
}
