import { escapeControls } from '../../harness/quote.js';
import { formatTapeLine } from '../../harness/tape/index.js';
import type { Level } from '../checks/index.js';
import type { JsonValue } from '../../harness/value/index.js';
import type { Counterexample } from '../fuzz/index.js';
import type { CheckResult } from './document.js';
import { hanging, labelled, labelledUnbroken, type Style } from './style.js';
import { cutToColumns } from './width.js';

/** How much of an output stands under a finding, in lines. */
const SHOWN_LINES = 8;

/** How much of a value stands under a finding, in characters. */
const SHOWN_VALUE = 400;

/** Where lines of output stand. */
const OUTPUT_INDENT = 6;

export interface FindingOptions {
  readonly style: Style;
  readonly columns: number;
  /** All of the evidence. */
  readonly verbose: boolean;
}

/** What was promised, what was seen instead, why, what to do about it, and how to see it again. */
export function findingToText(finding: CheckResult, options: FindingOptions): string {
  const { style, columns, verbose } = options;
  const { evidence } = finding;
  const line = (label: string, text: string | null | undefined): string[] =>
    text ? [labelled(label, escapeControls(text), columns, style)] : [];
  const value = (label: string, of: JsonValue | undefined): string[] => line(label, valueText(of, verbose));
  return [
    hanging(
      markOf(finding.level, style),
      `${style.bold(escapeControls(finding.key))}  ${LEVEL_NAMES[finding.level]}`,
      { indent: 0, start: 2, columns },
    ),
    ...line('promise', finding.title),
    ...line('expected', finding.expected),
    ...line('actual', finding.actual),
    ...line('cause', causeOf(finding)),
    ...line('fix', finding.fix),
    ...line('source', finding.reference),
    ...(evidence?.counterexample
      ? calls(evidence.counterexample, options)
      : value('arguments', evidence?.arguments)),
    ...(verbose ? value('reply', evidence?.reply) : []),
    ...(evidence?.reproduce ? [labelledUnbroken('again', escapeControls(evidence.reproduce), style)] : []),
    ...output('seen', evidence?.seen ?? [], options),
    // Of a host both are there for people to read.
    ...(verbose || finding.area === 'host' ? output('stdout', linesOf(evidence?.stdout), options) : []),
    ...output('stderr', linesOf(evidence?.stderr), options),
    ...output('tape (ms)', evidence?.tape?.map(formatTapeLine) ?? [], options),
  ].join('\n');
}

const LEVEL_NAMES: Readonly<Record<Level, string>> = {
  must: 'must',
  should: 'should: a warning',
  may: 'may: never held against it',
};

function markOf(level: Level, style: Style): string {
  return level === 'must' ? style.red('✗') : level === 'should' ? style.yellow('!') : style.dim('·');
}

/** The message without what stands in the other lines already. */
function causeOf({ message, actual, fix }: CheckResult): string {
  let cause = (message ?? '').trim();
  for (const said of [actual, fix]) if (said) cause = withoutSentence(cause, said);
  return cause;
}

/** Whole sentences only: words taken out of the middle of one would leave it broken. */
function withoutSentence(text: string, said: string): string {
  if (text === said) return '';
  const before = text.endsWith(said) ? text.slice(0, -said.length).trimEnd() : '';
  if (/[.!?]$/.test(before)) return before;
  return text.startsWith(said) && /[.!?]$/.test(said) ? text.slice(said.length).trim() : text;
}

function valueText(value: JsonValue | undefined, whole: boolean): string | null {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value);
  return whole || text.length <= SHOWN_VALUE
    ? text
    : `${text.slice(0, SHOWN_VALUE)}… (${text.length} characters)`;
}

/** How a counterexample goes, whole: it is what the finding is about. */
function calls(counterexample: Counterexample, { style, columns }: FindingOptions): string[] {
  const lines = callsOf(counterexample);
  if (lines.length === 0) return [];
  return [
    style.dim('    shortest way to see it'),
    ...lines.map((line) => indented(escapeControls(line), columns)),
  ];
}

/** The calls of a counterexample, those that are in flight together on lines of their own. */
function callsOf({ what, rate }: Counterexample): string[] {
  if (what.kind !== 'calls') return [];
  const lines = what.steps.flatMap(({ calls, times = 1 }) => {
    const together = calls.length > 1 ? ['together:'] : [];
    const often = times > 1 ? `  ${times} times` : '';
    const indent = together.length > 0 ? '  ' : '';
    return [
      ...together,
      ...calls.map(
        ({ method, args }) =>
          `${indent}${method}(${args === null ? '' : (valueText(args, false) ?? '')})${often}`,
      ),
    ];
  });
  return rate.failed === rate.of ? lines : [...lines, `(failed ${rate.failed} of ${rate.of} times)`];
}

function linesOf(output: string | undefined): string[] {
  return output?.split(/\r?\n/) ?? [];
}

/** Some lines of an output, each cut to the width; or all of them. */
function output(
  label: string,
  lines: readonly string[],
  { style, columns, verbose }: FindingOptions,
): string[] {
  const all = lines.filter((line) => line.trim() !== '');
  const { shown, which } = verbose ? { shown: all, which: '' } : excerpt(all);
  if (shown.length === 0) return [];
  return [
    style.dim(`    ${label}${which}`),
    ...shown.map((line) => {
      const safe = escapeControls(line.replaceAll('\t', '  '));
      return style.dim(
        verbose
          ? indented(safe, columns)
          : `${' '.repeat(OUTPUT_INDENT)}${cutToColumns(safe, columns - OUTPUT_INDENT)}`,
      );
    }),
  ];
}

/** How Go's runtime begins to tell why a process dies; what follows are stacks, longer than what is shown. */
const LAST_WORDS = /^(?:panic: |fatal error: )/;

/** What most likely tells something: the lines from a panic on, else the last ones. */
function excerpt(all: readonly string[]): { shown: readonly string[]; which: string } {
  const panic = all.findIndex((line) => LAST_WORDS.test(line));
  const from = panic < 0 ? Math.max(0, all.length - SHOWN_LINES) : panic;
  const shown = all.slice(from, from + SHOWN_LINES);
  if (shown.length === all.length) return { shown, which: '' };
  return { shown, which: `, ${panic < 0 ? 'the last ' : ''}${shown.length} of ${all.length} lines` };
}

/** A line of output, wrapped below its own first word. */
function indented(line: string, columns: number): string {
  const words = line.trimStart();
  const indent = OUTPUT_INDENT + line.length - words.length;
  return hanging('', words, { indent, start: indent, columns });
}
