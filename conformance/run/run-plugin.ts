import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import type { Contract } from '../../harness/contract/index.js';
import { inspectExecutable } from '../../harness/launch/index.js';
import { toJson, type JsonValue, type ValueStruct } from '../../harness/value/index.js';
import { areaOf, HANDSHAKE } from '../checks/index.js';
import {
  countResults,
  SCHEMA_VERSION,
  verdictOf,
  type CheckResult,
  type Report,
  type SubjectFacts,
} from '../report/index.js';
import { Subject, type Budgets } from '../subject/index.js';
import { applyKnownFailing, type KnownFailing } from './known-failing.js';
import { allResults, planRun } from './plan.js';
import { Quiet } from './quiet.js';
import { reproduceCommand } from './reproduce.js';
import { runChecks, type Ran } from './run-checks.js';
import type { Selection } from './select.js';
import { TOOL } from './tool.js';

export interface RunPluginOptions {
  readonly command: readonly [string, ...string[]];
  readonly contract: Contract;
  readonly protocolOnly: boolean;
  readonly selection: Selection;
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
}

/** Checks of one plugin under way at a time: most of them wait, few of them compute. */
const PARALLEL_CHECKS = 4;

/** Judges one plugin. Never throws for what the plugin does; whatever was started is ended when it resolves. */
export async function runPlugin(options: RunPluginOptions): Promise<Report> {
  const startedAt = new Date();
  const start = performance.now();
  const inspection = await inspectExecutable(options.command[0]);
  const subject = new Subject(options);
  const results = allResults(subject.targets);
  const plan = planRun(results, options.selection);
  const finish = (checks: readonly CheckResult[], facts: SubjectFacts, problem: string | null): Report => ({
    schemaVersion: SCHEMA_VERSION,
    kind: 'report',
    tool: TOOL,
    startedAt: startedAt.toISOString(),
    durationMs: Math.round(performance.now() - start),
    subject: facts,
    contract: { name: options.contract.name, sha256: options.contract.sha256 },
    seed: options.seed,
    scope: scopeOf(options),
    verdict: problem === null ? verdictOf(checks) : 'inconclusive',
    problem,
    counts: countResults(checks),
    checks,
  });
  if (!inspection.ok) {
    const checks = plan.checks.map((planned) =>
      toResult({ planned, outcome: { outcome: 'inconclusive', message: inspection.detail }, durationMs: 0 }, options),
    );
    return finish(checks, factsOf(options.command, null), inspection.detail);
  }
  try {
    const ran = await runChecks(subject, plan, {
      parallel: options.contract.exclusive ? 1 : PARALLEL_CHECKS,
      quiet: options.quiet ?? new Quiet(),
      ...(options.onStart ? { onStart: options.onStart } : {}),
      onResult: (each) => options.onResult?.(toResult(each, options)),
    });
    const facts = await seenFacts(subject, options.command, await sha256(inspection.path));
    return finish(
      applyKnownFailing(withoutEarlyPasses(ran.map((each) => toResult(each, options))), options.knownFailing),
      facts,
      null,
    );
  } finally {
    await subject.endPlugins();
  }
}

function toResult({ planned, outcome, durationMs }: Ran, options: RunPluginOptions): CheckResult {
  const { check, target, key, selected } = planned;
  const finding = outcome.outcome === 'failed' && !('blockedBy' in outcome) ? outcome : undefined;
  return {
    id: check.id,
    target: target?.name ?? null,
    key,
    title: check.title,
    area: areaOf(check.id),
    level: check.level,
    outcome: outcome.outcome,
    selected,
    blockedBy: 'blockedBy' in outcome ? outcome.blockedBy : null,
    durationMs: Math.round(durationMs * 10) / 10,
    message: 'message' in outcome ? (outcome.message ?? null) : null,
    expected: finding?.expected ?? null,
    actual: finding?.actual ?? null,
    fix: finding ? (finding.fix ?? check.fix) : null,
    reference: check.reference,
    evidence: finding
      ? {
          ...finding.evidence,
          reproduce: reproduceCommand(key, { command: options.command, flags: options.reproduceFlags, seed: options.seed }),
        }
      : null,
  };
}

/** Before a valid handshake nothing is promised and nothing is kept: what was seen of the file proves no `must`. */
function withoutEarlyPasses(results: readonly CheckResult[]): CheckResult[] {
  if (!results.some(({ id, outcome }) => HANDSHAKE.includes(id) && outcome === 'failed')) return [...results];
  return results.map((result) =>
    result.outcome === 'passed' && result.level === 'must'
      ? { ...result, outcome: 'inconclusive', message: 'The plugin never shook hands validly.' }
      : result,
  );
}

function scopeOf({ selection, knownFailing }: RunPluginOptions): Report['scope'] {
  const reasons = [
    ...selection.only.map((glob) => `--only ${glob}`),
    ...selection.skip.map((glob) => `--skip ${glob}`),
    ...(selection.level === 'may' ? [] : [`--level ${selection.level}`]),
    ...(knownFailing.length > 0 ? ['--known-failing'] : []),
  ];
  return { full: reasons.length === 0, reasons };
}

function factsOf(command: readonly string[], sha: string | null): SubjectFacts {
  return { kind: 'plugin', command, sha256: sha, transport: null, protocolVersion: null, manifest: null };
}

async function seenFacts(subject: Subject, command: readonly string[], sha: string | null): Promise<SubjectFacts> {
  const { handshake } = await subject.firstLaunch();
  if (!handshake) return factsOf(command, sha);
  return {
    ...factsOf(command, sha),
    transport: handshake.protocol,
    protocolVersion: handshake.protocolVersion,
    manifest: await manifestOf(subject),
  };
}

/** The manifest as the plugin sent it, when it was asked for anyway. */
async function manifestOf(subject: Subject): Promise<JsonValue> {
  const seen = subject.seen('GetManifest');
  const first = seen && (await seen).first;
  if (first?.kind !== 'reply' || first.reply.value === undefined) return null;
  return toJson((first.reply.value as ValueStruct)['Manifest'] ?? first.reply.value);
}

async function sha256(path: string): Promise<string | null> {
  try {
    return createHash('sha256').update(await readFile(path)).digest('hex');
  } catch {
    return null;
  }
}
