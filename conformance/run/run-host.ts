import { HarnessError } from '../../harness/errors.js';
import { inspectExecutable } from '../../harness/launch/index.js';
import { ADAPTER_ONLY, CANARY, HOST_CATALOGUE, type CheckOutcome } from '../checks/index.js';
import { FAULT_CELLS } from '../faults/index.js';
import { HostSubject, placeWatched, type HostSubjectOptions } from '../hosts/index.js';
import type { CheckResult, Report, SubjectFacts } from '../report/index.js';
import { beginReport } from './assemble.js';
import { launchable, type Command } from './command.js';
import { applyKnownFailing, type KnownFailing } from './known-failing.js';
import { onHost } from './perform.js';
import { allResults, planRun, type PlannedCheck } from './plan.js';
import { Quiet } from './quiet.js';
import { toResult } from './results.js';
import { runChecks, type Ran } from './run-checks.js';
import type { Selection } from './select.js';

/** Everything that a run on a host depends on. */
export interface RunHostOptions extends HostSubjectOptions {
  readonly selection: Selection;
  readonly knownFailing: readonly KnownFailing[];
  /** Hosts under way at a time. */
  readonly parallel: number;
  /** Flags that a command which reproduces a finding needs. */
  readonly reproduceFlags: readonly string[];
  onStart?(key: string): void;
  onResult?(result: CheckResult): void;
}

/** Every result that a host can have. */
export function hostResults(): ReturnType<typeof allResults> {
  return allResults(FAULT_CELLS, HOST_CATALOGUE);
}

/** Judges one host. Never throws for what the host does; whatever was started is ended when it resolves. */
export async function runHost(options: RunHostOptions): Promise<Report> {
  const { contract, selection, knownFailing } = options;
  const draft = beginReport({ contract, seed: 0, selection, knownFailing });
  const plan = planRun(options.adapter ? hostResults() : hostResults().map(unhindered), selection);
  const reproduce = { command: options.command, flags: options.reproduceFlags, subject: 'host' } as const;
  const resultOf = (ran: Ran): CheckResult => toResult(ran, reproduce);
  const found = await findHost(options);
  if ('problem' in found) {
    const outcome: CheckOutcome = { outcome: 'inconclusive', message: found.problem };
    const checks = plan.checks.map((planned) => resultOf({ planned, outcome, durationMs: 0 }));
    return draft.unjudged(hostFacts(options.command, null), checks, found.problem);
  }
  const host = new HostSubject({
    ...options,
    command: found.command,
    env: { [CANARY]: 'a secret of the host’s own', ...options.env },
  });
  try {
    const ran = await runChecks(onHost(host), plan, {
      parallel: options.parallel,
      quiet: new Quiet(),
      onStart: (key) => options.onStart?.(key),
      onResult: (each) => options.onResult?.(resultOf(each)),
    });
    const checks = applyKnownFailing(ran.map(resultOf), knownFailing);
    return draft.judged(hostFacts(options.command, found.sha256), checks, 'nothing was seen to hold');
  } finally {
    await host.end();
  }
}

/** The report of a host on which no check was made. */
export function unjudgedHost(
  { command, contract, selection, knownFailing }: RunHostOptions,
  problem: string,
): Report {
  const draft = beginReport({ contract, seed: 0, selection, knownFailing });
  return draft.unjudged(hostFacts(command, null), [], problem);
}

/** What is not about a host without an adapter is so whatever else is found. */
function unhindered(result: PlannedCheck): PlannedCheck {
  return ADAPTER_ONLY.has(result.id) ? { ...result, needs: [] } : result;
}

function hostFacts(command: readonly string[], sha256: string | null): SubjectFacts {
  return { kind: 'host', command, sha256, transport: null, protocolVersion: null, manifest: null };
}

/** The host's file, and whether a plugin can be put where it looks for one. */
async function findHost(
  options: RunHostOptions,
): Promise<{ command: Command; sha256: string | null } | { problem: string }> {
  try {
    const command = await launchable(options.command);
    const inspection = await inspectExecutable(command[0]);
    if (inspection.ok && !options.adapter) {
      const place = { behaviour: 'good', contract: options.contract.source } as const;
      (await placeWatched({ ...options, ...place, command })).remove();
    }
    return inspection.ok ? { command, sha256: inspection.sha256 ?? null } : { problem: inspection.detail };
  } catch (error) {
    if (error instanceof HarnessError) return { problem: error.message };
    throw error;
  }
}
