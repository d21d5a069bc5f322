import type { Area, Evidence, Level } from '../checks/index.js';
import type { JsonValue } from '../../harness/value/index.js';

/** The version of the report format; it grows only when a reader of the old one would misread the new one. */
export const SCHEMA_VERSION = 1;

/** What came of one check. See docs/outcomes.md. */
export type Outcome = 'passed' | 'failed' | 'not-applicable' | 'inconclusive' | 'known-failing';

export type Verdict = 'conformant' | 'nonconformant' | 'inconclusive';

export interface CheckResult {
  readonly id: string;
  /** The method that the result is about; `null` for a check on the plugin as a whole. */
  readonly target: string | null;
  /** `id`, or `id@target`. */
  readonly key: string;
  readonly title: string;
  readonly area: Area;
  readonly level: Level;
  readonly outcome: Outcome;
  /** False for what ran only because a selected check needs it. */
  readonly selected: boolean;
  /** The key of the failure that this failure follows from. Failures without it are findings. */
  readonly blockedBy: string | null;
  readonly durationMs: number;
  readonly message: string | null;
  readonly expected: string | null;
  readonly actual: string | null;
  readonly fix: string | null;
  readonly reference: string;
  readonly evidence: (Evidence & { readonly reproduce?: string }) | null;
}

export interface Counts {
  readonly passed: number;
  /** Findings by level. */
  readonly failed: Readonly<Record<Level, number>>;
  /** Failures that follow from a finding. */
  readonly blocked: number;
  readonly notApplicable: number;
  readonly inconclusive: number;
  readonly knownFailing: number;
}

export interface SubjectFacts {
  readonly kind: 'plugin' | 'host';
  /** As it was named; of a folder without plugins, the folder. */
  readonly command: readonly string[];
  /** Of the file that was run; `null` where it could not be read. */
  readonly sha256: string | null;
  readonly transport: 'netrpc' | 'grpc' | null;
  readonly protocolVersion: number | null;
  /** What the plugin says of itself, where its contract has a GetManifest. */
  readonly manifest: JsonValue;
}

/** Everything that a person or a CI sees is a pure function of this document. */
export interface Report {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly kind: 'report';
  readonly tool: { readonly name: string; readonly version: string };
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly subject: SubjectFacts;
  readonly contract: {
    readonly name: string;
    /** `null` where it could not be read. */ readonly sha256: string | null;
  };
  readonly seed: number;
  readonly scope: { readonly full: boolean; readonly reasons: readonly string[] };
  readonly verdict: Verdict;
  /** Why there is no judgement; `null` unless the verdict is inconclusive. */
  readonly problem: string | null;
  readonly counts: Counts;
  readonly checks: readonly CheckResult[];
}

/** Several subjects of one run. */
export interface ReportSet {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly kind: 'set';
  readonly reports: readonly Report[];
}

export function countResults(checks: readonly CheckResult[]): Counts {
  const of = (outcome: Outcome): number => checks.filter((check) => check.outcome === outcome).length;
  const findings = findingsOf(checks);
  const failed = (level: Level): number => findings.filter((check) => check.level === level).length;
  return {
    passed: of('passed'),
    failed: { must: failed('must'), should: failed('should'), may: failed('may') },
    blocked: of('failed') - findings.length,
    notApplicable: of('not-applicable'),
    inconclusive: of('inconclusive'),
    knownFailing: of('known-failing'),
  };
}

/** Failures that follow from no other failure. */
export function findingsOf(checks: readonly CheckResult[]): CheckResult[] {
  return checks.filter((check) => check.outcome === 'failed' && check.blockedBy === null);
}

/** Any finding of level `must` is enough to fail; to conform, something has to have been seen to hold. */
export function verdictOf(checks: readonly CheckResult[]): Verdict {
  if (findingsOf(checks).some((check) => check.level === 'must')) return 'nonconformant';
  return checks.some((check) => check.outcome === 'passed') ? 'conformant' : 'inconclusive';
}
