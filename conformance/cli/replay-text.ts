import { escapeControls } from '../../harness/quote.js';
import type { JsonValue } from '../../harness/value/index.js';
import { findCheck } from '../checks/index.js';
import { areaOf } from '../checks/check.js';
import type { Counterexample } from '../fuzz/counterexample/index.js';
import { commandLine, hanging, PLAIN, type CheckResult, type TextOptions } from '../report/index.js';
import { findingToText } from '../report/finding-text.js';
import type { Replay } from '../run/replay.js';

/** A counterexample that was done again, or a file that is none. */
export interface Replayed {
  readonly path: string;
  readonly document?: Counterexample;
  readonly replay: Replay;
  /** A command that does it again. */
  readonly again?: readonly string[];
}

const DEFAULT_COLUMNS = 80;

/** What came of one counterexample, for people: the verdict first, then what shows it. */
export function replayToText({ path, document, replay, again }: Replayed, options: TextOptions = {}): string {
  const { style = PLAIN, columns = DEFAULT_COLUMNS, verbose = false, quiet = false } = options;
  const { mark, verdict } = VERDICTS[replay.verdict];
  const { rate, message, notes } = replay;
  const times =
    rate && rate.of > 1 ? `, ${rate.failed === 0 ? rate.of : `${rate.failed} of ${rate.of}`} times` : '';
  const why = message === null ? (document ? `: ${document.key}` : '') : `: ${message}`;
  const head = hanging(
    style[mark.colour](mark.sign),
    `${style.bold(escapeControls(path))} ${style[mark.colour](verdict)}${times}${escapeControls(why)}`,
    { indent: 0, start: 2, columns: options.columns ?? Infinity },
  );
  if (quiet) return `${head}\n`;
  const was =
    replay.verdict === 'different' && document ? [`It was ${document.key}: ${document.message}`] : [];
  const told = [...was, ...notes].map((note) =>
    hanging('', escapeControls(note), { indent: 4, start: 4, columns }),
  );
  const finding = document && resultOf(document, replay, again);
  const shown = finding ? [findingToText(finding, { style, columns, verbose })] : [];
  return `${[[head, ...told].join('\n'), ...shown].join('\n\n')}\n`;
}

/** How many counterexamples came to which verdict. */
export function countToText(replayed: readonly Replayed[], { style = PLAIN }: TextOptions = {}): string {
  const cells = Object.entries(VERDICTS).flatMap(([name, { mark, count }]) => {
    const number = replayed.filter(({ replay }) => replay.verdict === name).length;
    return number === 0 ? [] : [style[mark.colour](`${number} ${count}`)];
  });
  return `${style.bold(`${replayed.length} counterexamples`)}: ${cells.join(', ')}\n`;
}

const BAD = { sign: '✗', colour: 'red' } as const;
const UNKNOWN = { sign: '?', colour: 'yellow' } as const;

/** In the order in which they are counted. */
const VERDICTS: Readonly<
  Record<
    Replay['verdict'],
    {
      readonly mark: { readonly sign: string; readonly colour: 'red' | 'yellow' | 'green' };
      readonly verdict: string;
      readonly count: string;
    }
  >
> = {
  'still-failing': { mark: BAD, verdict: 'is still failing', count: 'still failing' },
  different: { mark: BAD, verdict: 'is different', count: 'different' },
  outdated: { mark: UNKNOWN, verdict: 'is outdated', count: 'outdated' },
  unjudged: { mark: UNKNOWN, verdict: 'could not be judged', count: 'not judged' },
  fixed: { mark: { sign: '✓', colour: 'green' }, verdict: 'is fixed', count: 'fixed' },
};

/** As the result of a run, so that it reads like one. */
function resultOf(
  document: Counterexample,
  replay: Replay,
  again: readonly string[] = [],
): CheckResult | undefined {
  if (replay.verdict !== 'still-failing' && replay.verdict !== 'different') return undefined;
  const key = replay.key ?? document.key;
  const [id = key, target = null] = key.split(/@(.*)/s, 2);
  const check = findCheck(id);
  return {
    id,
    key,
    target,
    title: check?.title ?? '',
    area: areaOf(id),
    level: check?.level ?? 'must',
    outcome: 'failed',
    selected: true,
    blockedBy: null,
    durationMs: 0,
    message: replay.message,
    expected: replay.expected,
    actual: replay.actual,
    fix: check?.fix ?? null,
    reference: check?.reference ?? '',
    evidence: {
      ...replay.evidence,
      seen: linesOf(document),
      ...(again.length === 0 ? {} : { reproduce: commandLine(again) }),
    },
  };
}

/** How much of a value stands in a line, in characters. */
const SHOWN = 120;

/** What is done, in a line for each call, or for each part of it. */
function linesOf({ what }: Counterexample): string[] {
  if (what.kind === 'wire') return what.cases.flatMap(({ mutations }) => mutations);
  if (what.kind === 'environment') return [...what.mutations];
  return what.steps.flatMap(({ calls, times = 1 }, at) =>
    calls.map(({ method, args }, which) => {
      const number = which === 0 ? `${at + 1}.` : ' '.repeat(String(at + 1).length + 1);
      const more = [
        ...(which === 0 && times > 1 ? [`${times} times`] : []),
        ...(which === 0 && calls.length > 1 ? [`${calls.length} in flight together`] : []),
      ];
      return `${number} ${more.length === 0 ? '' : `(${more.join(', ')}) `}${method} ${shown(args)}`;
    }),
  );
}

function shown(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}… (${text.length} characters)`;
}
