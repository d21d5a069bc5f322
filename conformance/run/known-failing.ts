import type { CheckResult } from '../report/index.js';

/** One line of a known-failing file: a result's key, and why it is known to fail. */
export interface KnownFailing {
  readonly key: string;
  readonly reason: string;
}

/** Reads a known-failing file: one key a line, `#` and the reason after it. */
export function parseKnownFailing(text: string): KnownFailing[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => {
      const [key = '', ...reason] = line.split('#');
      return { key: key.trim(), reason: reason.join('#').trim() };
    })
    .filter(({ key }) => key !== '');
}

/**
 * Turns findings that are known into `known-failing`, and those that are gone into findings of level `must`: a list
 * of what fails is worth something only as long as it is true. What was not reached stays so.
 */
export function applyKnownFailing(
  results: readonly CheckResult[],
  known: readonly KnownFailing[],
): CheckResult[] {
  const reasons = new Map(known.map(({ key, reason }) => [key, reason]));
  return results.map((result) => {
    const reason = reasons.get(result.key);
    if (reason === undefined) return result;
    if (result.outcome === 'passed') return stale(result);
    if (result.outcome !== 'failed' || result.blockedBy !== null) return result;
    return { ...result, outcome: 'known-failing', message: reason || result.message };
  });
}

function stale(result: CheckResult): CheckResult {
  return {
    ...result,
    level: 'must',
    outcome: 'failed',
    message: `${result.key} is listed as known to fail, and it passes.`,
    expected: 'a failure, as the list of known failures says',
    actual: 'it passes',
    fix: `Take ${result.key} out of the known-failing file.`,
  };
}
