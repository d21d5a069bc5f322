import type { CheckResult } from '../report/index.js';

/** One line of a known-failing file: a result's key, and why it is known to fail. */
export interface KnownFailing {
  readonly key: string;
  readonly reason: string;
}

/** Reads a known-failing file: one key a line, `#` and the reason after it. */
export function parseKnownFailing(text: string): KnownFailing[] {
  return text
    .split(/\r?\n/)
    .map((line) => {
      const [key = '', ...reason] = line.split('#');
      return { key: key.trim(), reason: reason.join('#').trim() };
    })
    .filter(({ key }) => key !== '');
}

/** Turns failures that are known into `known-failing`, and those that are gone into failures of the list. */
export function applyKnownFailing(results: readonly CheckResult[], known: readonly KnownFailing[]): CheckResult[] {
  const reasons = new Map(known.map(({ key, reason }) => [key, reason]));
  const excused = new Set(results.filter(({ key, outcome }) => outcome === 'failed' && reasons.has(key)).map(({ key }) => key));
  return results.map((result) => {
    const reason = reasons.get(result.key);
    if (reason === undefined) return result;
    if (excused.has(result.key)) return { ...result, outcome: 'known-failing', message: reason || result.message };
    if (result.outcome !== 'passed') return result;
    return {
      ...result,
      outcome: 'failed',
      message: 'It is listed as known to fail, and it passes.',
      expected: 'a failure',
      actual: 'passed',
      fix: `Take ${result.key} out of the known-failing file.`,
    };
  });
}
