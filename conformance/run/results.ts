import { areaOf } from '../checks/index.js';
import type { CheckResult } from '../report/index.js';
import { reproduceCommand, type ReproduceOptions } from './reproduce.js';
import type { Ran } from './run-checks.js';

/** What came of a check, as it stands in a report. */
export function toResult({ planned, outcome, durationMs }: Ran, reproduce: ReproduceOptions): CheckResult {
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
    evidence: finding ? { ...finding.evidence, reproduce: reproduceCommand(key, reproduce) } : null,
  };
}

/** Before a valid handshake nothing is promised and nothing is kept: what was seen of the file proves no `must`. */
export function withoutEarlyPass(result: CheckResult): CheckResult {
  if (result.outcome !== 'passed' || result.level !== 'must') return result;
  return { ...result, outcome: 'inconclusive', message: 'The plugin never shook hands validly.' };
}
