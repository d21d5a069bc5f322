import type { Contract } from '../../harness/contract/index.js';
import { inspectExecutable, LaunchError } from '../../harness/launch/index.js';
import type { CheckOutcome } from '../checks/index.js';
import type { CheckResult, Report } from '../report/index.js';
import { Fuzz, type Counterexample, type FuzzOptions } from '../fuzz/index.js';
import { Subject, type Budgets } from '../subject/index.js';
import { beginReport } from './assemble.js';
import { launchable, type Command } from './command.js';
import { bareFacts, seenFacts } from './facts.js';
import { applyKnownFailing, type KnownFailing } from './known-failing.js';
import { onPlugin } from './perform.js';
import { allResults, planRun } from './plan.js';
import { Quiet } from './quiet.js';
import { toResult, withoutEarlyPass } from './results.js';
import { runChecks, type Ran } from './run-checks.js';
import type { Selection } from './select.js';
import { TOOL } from './tool.js';

/** Everything that a run depends on; `checkPlugin` fills in what is usual. */
export interface RunPluginOptions {
  /** A path, or a name on PATH, and the arguments. Files among them are found from our own folder. */
  readonly command: Command;
  readonly contract: Contract;
  /** Judge without an interface. */
  readonly protocolOnly: boolean;
  readonly selection: Selection;
  /** Variables of the plugin's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly inheritEnv: boolean;
  readonly requireAll: boolean;
  readonly allowEffects: boolean;
  readonly knownFailing: readonly KnownFailing[];
  readonly seed: number;
  readonly budgets: Budgets;
  /** Flags that a command which reproduces a finding needs. */
  readonly reproduceFlags: readonly string[];
  /** Shared by all subjects of one process, so that a failure by time is looked at again in real silence. */
  readonly quiet?: Quiet;
  onStart?(key: string): void;
  onResult?(result: CheckResult): void;
  /** Counterexamples of earlier runs, done first. */
  readonly saved?: readonly Counterexample[];
  onCalls?(count: number): void;
  /** Called with each counterexample as it is found, and again, with the same `id`, with each smaller one. */
  onCounterexample?(document: Counterexample, id: string): void;
}

/** Checks of one plugin under way at a time: most of them wait, few of them compute. */
const PARALLEL_CHECKS = 4;

/** Judges one plugin. Never throws for what the plugin does; whatever was started is ended when it resolves. */
export async function runPlugin(options: RunPluginOptions): Promise<Report> {
  const draft = beginReport(options);
  const found = await findProgram(options.command);
  const command = found.command ?? options.command;
  const facts = bareFacts(options.command, found.sha256);
  const subject = new Subject({ ...options, command });
  const plan = planRun(allResults(subject.targets), options.selection);
  const resultOf = (ran: Ran): CheckResult => toResult(ran, { ...options, flags: options.reproduceFlags });
  const unjudged = (problem: string): Report => {
    const outcome: CheckOutcome = { outcome: 'inconclusive', message: problem };
    return draft.unjudged(
      facts,
      plan.checks.map((planned) => resultOf({ planned, outcome, durationMs: 0 })),
      problem,
    );
  };
  if (found.problem !== undefined) return unjudged(found.problem);
  try {
    const ran = await runChecks(
      onPlugin(subject, new Fuzz(subject, fuzzOptions(options, found.sha256))),
      plan,
      {
        parallel: options.contract.exclusive ? 1 : PARALLEL_CHECKS,
        quiet: options.quiet ?? new Quiet(),
        onStart: (key) => options.onStart?.(key),
        onResult: (each) => options.onResult?.(resultOf(each)),
      },
    );
    const { handshake, error } = await subject.firstLaunch();
    const seen = ran.map(resultOf);
    const checks = applyKnownFailing(handshake ? seen : seen.map(withoutEarlyPass), options.knownFailing);
    const nothingHeld = error ? `it never shook hands: ${error.message}` : 'nothing was seen to hold';
    return draft.judged(await seenFacts(subject, facts), checks, nothingHeld);
  } catch (error) {
    // Past the inspection only this machine keeps it from starting: no more processes, no room for its folders.
    if (error instanceof LaunchError) return unjudged(error.message);
    throw error;
  } finally {
    await subject.endPlugins();
  }
}

interface FoundProgram {
  /** As it is to be launched. */
  readonly command?: Command;
  readonly sha256: string | null;
  /** Why it cannot be executed. */
  readonly problem?: string;
}

async function findProgram(named: Command): Promise<FoundProgram> {
  try {
    const command = await launchable(named);
    const inspection = await inspectExecutable(command[0]);
    if (!inspection.ok) return { sha256: null, problem: inspection.detail };
    return { command, sha256: inspection.sha256 ?? null };
  } catch (error) {
    if (error instanceof LaunchError) return { sha256: null, problem: error.message };
    throw error;
  }
}

function fuzzOptions(options: RunPluginOptions, sha256: string | null): FuzzOptions {
  const { command, contract, reproduceFlags, saved = [] } = options;
  const { runs, fuzzMs, shrinkMs } = options.budgets;
  return {
    runs,
    findMs: fuzzMs,
    shrinkMs,
    saved,
    facts: { tool: TOOL, contract, subject: { command, sha256 }, flags: reproduceFlags },
    onCalls: (count) => options.onCalls?.(count),
    onCounterexample: (document, id) => options.onCounterexample?.(document, id),
  };
}
