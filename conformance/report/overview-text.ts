import { escapeControls } from '../../harness/quote.js';
import type { Area, Level } from '../checks/index.js';
import type { CheckResult, Outcome } from './document.js';
import { hanging, type Style } from './style.js';
import { count } from './verdict-line.js';

/** Where the figures of an area begin, in columns. */
const FIGURES = 15;

/** Where the keys begin in the list of all results. */
const KEYS = 17;

/** How many results that could not be told are named. */
const SHOWN_UNKNOWN = 5;

/** What came of each area: one line each, and one for all areas that were not reached. */
export function areasToText(checks: readonly CheckResult[], style: Style, columns: number): string {
  const selected = checks.filter((check) => check.selected);
  const areas = [...new Set(selected.map(({ area }) => area))].map((area) => ({
    area,
    results: selected.filter((check) => check.area === area),
  }));
  const line = (front: string, text: string): string =>
    hanging(front, text, { indent: 2, start: FIGURES, columns });
  const unreached = areas.filter(({ results }) => results.every(isBlocked));
  const lines = areas
    .filter((area) => !unreached.includes(area))
    .map(({ area, results }) => line(area, figures(results, style)));
  if (unreached.length === 0) return lines.join('\n');
  const names = unreached.map(({ area }): Area => area).join(', ');
  const number = unreached.reduce((sum, { results }) => sum + results.length, 0);
  return [...lines, line('not reached', style.dim(`${names} (${count(number, 'check')})`))].join('\n');
}

function isBlocked({ outcome, blockedBy }: CheckResult): boolean {
  return outcome === 'failed' && blockedBy !== null;
}

function figures(results: readonly CheckResult[], style: Style): string {
  const of = (outcome: Outcome): number => results.filter((result) => result.outcome === outcome).length;
  const found = (level: Level): number =>
    results.filter((each) => each.outcome === 'failed' && each.blockedBy === null && each.level === level)
      .length;
  const cells: [number, string, (text: string) => string][] = [
    [of('passed'), 'passed', style.green],
    [found('must'), 'failed', style.red],
    [found('should'), 'warned', style.yellow],
    [found('may'), 'could be better', style.dim],
    [results.filter(isBlocked).length, 'not reached', style.dim],
    [of('known-failing'), 'known to fail', style.yellow],
    [of('inconclusive'), 'could not be told', style.yellow],
    [of('not-applicable'), 'not applicable', style.dim],
  ];
  return cells
    .flatMap(([number, label, colour]) => (number === 0 ? [] : [colour(`${number} ${label}`)]))
    .join(', ');
}

/** Findings that are not held against the plugin, in a line each. */
export function hintsToText(hints: readonly CheckResult[], style: Style, columns: number): string {
  return listed(
    `${style.dim('·')} What could be better, and is never held against it (--verbose explains):`,
    hints,
    columns,
  );
}

/** The results that nobody can tell, in a line each. */
export function unknownToText(unknown: readonly CheckResult[], style: Style, columns: number): string {
  const rest = unknown.length - SHOWN_UNKNOWN;
  const more = rest > 0 ? `\n    and ${rest} more (--verbose lists them)` : '';
  return `${listed(`${style.yellow('?')} What could not be told:`, unknown.slice(0, SHOWN_UNKNOWN), columns)}${more}`;
}

function listed(heading: string, results: readonly CheckResult[], columns: number): string {
  return [
    hanging('', heading, { indent: 0, start: 0, columns }),
    ...results.map(({ key, message, title }) =>
      hanging('', escapeControls(`${key}: ${message ?? title}`), { indent: 4, start: 4, columns }),
    ),
  ].join('\n');
}

/** Every result, in a line each. */
export function resultsToText(checks: readonly CheckResult[], style: Style, columns: number): string {
  return checks
    .map(({ key, outcome, durationMs, message, blockedBy, selected }) => {
      const needed = selected ? '' : ' (needed by others)';
      const note = blockedBy ? `needs ${blockedBy}` : outcome === 'failed' ? null : message;
      const line = `${key}  ${durationMs} ms${needed}${note ? `: ${note}` : ''}`;
      const shown = blockedBy ? style.dim('not reached') : colourOf(outcome, style)(outcome);
      return hanging(shown, escapeControls(line), {
        indent: 2,
        start: KEYS,
        columns,
      });
    })
    .join('\n');
}

function colourOf(outcome: Outcome, style: Style): (text: string) => string {
  if (outcome === 'passed') return style.green;
  if (outcome === 'not-applicable') return style.dim;
  return outcome === 'failed' ? style.red : style.yellow;
}
