import {
  countResults,
  SCHEMA_VERSION,
  verdictOf,
  type CheckResult,
  type Report,
  type SubjectFacts,
} from '../report/index.js';
import type { KnownFailing } from './known-failing.js';
import type { Selection } from './select.js';
import { TOOL } from './tool.js';

/** What stands in a report before anything has been seen. */
export interface ReportHead {
  readonly contract: Report['contract'];
  readonly seed: number;
  readonly selection: Selection;
  readonly knownFailing: readonly KnownFailing[];
}

/** A report in the making; its clock runs from {@link beginReport} on. */
export interface ReportDraft {
  /** @param nothingHeld - the problem, should there be neither a finding nor anything that was seen to hold */
  judged(subject: SubjectFacts, checks: readonly CheckResult[], nothingHeld: string): Report;
  unjudged(subject: SubjectFacts, checks: readonly CheckResult[], problem: string): Report;
}

export function beginReport({ contract, seed, selection, knownFailing }: ReportHead): ReportDraft {
  const startedAt = new Date().toISOString();
  const start = performance.now();
  const finish = (
    subject: SubjectFacts,
    checks: readonly CheckResult[],
    { verdict, problem }: Pick<Report, 'verdict' | 'problem'>,
  ): Report => ({
    schemaVersion: SCHEMA_VERSION,
    kind: 'report',
    tool: TOOL,
    startedAt,
    durationMs: Math.round(performance.now() - start),
    subject,
    contract: { name: contract.name, sha256: contract.sha256 },
    seed,
    scope: scopeOf(selection, knownFailing),
    verdict,
    problem,
    counts: countResults(checks),
    checks,
  });
  return {
    judged: (subject, checks, nothingHeld) => {
      const verdict = verdictOf(checks);
      return finish(subject, checks, { verdict, problem: verdict === 'inconclusive' ? nothingHeld : null });
    },
    unjudged: (subject, checks, problem) => finish(subject, checks, { verdict: 'inconclusive', problem }),
  };
}

function scopeOf({ only, skip, level }: Selection, knownFailing: readonly KnownFailing[]): Report['scope'] {
  const reasons = [
    ...only.map((glob) => `--only ${glob}`),
    ...skip.map((glob) => `--skip ${glob}`),
    ...(level === 'may' ? [] : [`--level ${level}`]),
    ...(knownFailing.length > 0 ? ['--known-failing'] : []),
  ];
  return { full: reasons.length === 0, reasons };
}
