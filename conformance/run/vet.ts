import { didYouMean } from '../../harness/contract/did-you-mean.js';
import { quote } from '../../harness/quote.js';
import { RunError } from './errors.js';
import type { KnownFailing } from './known-failing.js';
import type { PlannedCheck } from './plan.js';
import { idleGlobs, selector, type Selection } from './select.js';

const WHERE = 'iglu-conformance checks lists them; a method’s result is area/check@Method.';

/**
 * Refuses what can only be a slip of the pen.
 *
 * @throws RunError `SELECTS_NOTHING`, `UNKNOWN_KEY`
 */
export function vetRun(
  selection: Selection,
  known: readonly KnownFailing[],
  results: readonly PlannedCheck[],
): void {
  const [idle] = idleGlobs(selection, results);
  if (idle !== undefined) {
    throw new RunError(
      'SELECTS_NOTHING',
      sentences(`${quote(idle)} selects no check.`, nearest(idle, results), WHERE),
    );
  }
  if (!results.some(selector(selection))) {
    const given = [
      ...selection.only.map((glob) => `--only ${glob}`),
      ...selection.skip.map((glob) => `--skip ${glob}`),
      `--level ${selection.level}`,
    ];
    throw new RunError('SELECTS_NOTHING', `${given.join(' ')} together leave no check.`);
  }
  const stranger = known.find(({ key }) => !results.some((result) => result.key === key));
  if (stranger) {
    const what = `${quote(stranger.key)}, which is known to fail, is the key of no result of this contract.`;
    throw new RunError('UNKNOWN_KEY', sentences(what, nearest(stranger.key, results), WHERE));
  }
}

function nearest(word: string, results: readonly PlannedCheck[]): string | undefined {
  return didYouMean(word, new Set(results.flatMap(({ id, key }) => [id, key, id.slice(0, id.indexOf('/'))])));
}

function sentences(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}
