import { areaOf, type Level } from '../checks/index.js';
import { countResults, SCHEMA_VERSION, verdictOf, type CheckResult, type Report } from './index.js';

/** A result that passed, or what `changes` make of it. */
export function sampleResult(key: string, changes: Partial<CheckResult> = {}): CheckResult {
  const [id = key, target] = key.split('@');
  return {
    id,
    target: target ?? null,
    key,
    title: 'It keeps a promise',
    area: areaOf(id),
    level: 'must',
    outcome: 'passed',
    selected: true,
    blockedBy: null,
    durationMs: 1.5,
    message: null,
    expected: null,
    actual: null,
    fix: null,
    reference: 'go-plugin server.go, Serve',
    evidence: null,
    ...changes,
  };
}

/** A finding of a level. */
export function sampleFinding(key: string, level: Level, changes: Partial<CheckResult> = {}): CheckResult {
  return sampleResult(key, {
    level,
    outcome: 'failed',
    message: 'The plugin does something else. It ought not to.',
    expected: 'a reply',
    actual: 'none',
    fix: 'Reply.',
    evidence: { reproduce: `npx iglu-conformance ./lamp --only ${key} --seed 7` },
    ...changes,
  });
}

/** The failure that follows from another one. */
export function sampleBlocked(key: string, blockedBy: string): CheckResult {
  return sampleResult(key, { outcome: 'failed', blockedBy });
}

/** A report with these results; counts and verdict follow from them. */
export function sampleReport(checks: readonly CheckResult[], changes: Partial<Report> = {}): Report {
  const verdict = verdictOf(checks);
  return {
    schemaVersion: SCHEMA_VERSION,
    kind: 'report',
    tool: { name: 'iglu-conformance', version: '1.2.3' },
    startedAt: '2026-11-22T17:08:27.000Z',
    durationMs: 1234,
    subject: {
      kind: 'plugin',
      command: ['./lamp'],
      sha256: 'ab'.repeat(32),
      transport: 'netrpc',
      protocolVersion: 1,
      manifest: null,
    },
    contract: { name: 'iglu', sha256: 'cd'.repeat(32) },
    seed: 7,
    scope: { full: true, reasons: [] },
    verdict,
    problem: verdict === 'inconclusive' ? 'nothing was seen to hold' : null,
    counts: countResults(checks),
    checks,
    ...changes,
  };
}
