import { escapeControls } from '../../harness/quote.js';
import { commandLine } from './command-line.js';
import { findingsOf, type CheckResult, type Report, type ReportSet } from './document.js';
import { hanging, type Style } from './style.js';

/**
 * The answer: the subject, the verdict, and the reason where there is one.
 *
 * @param columns - wraps it; without, it is one line, for scripts and logs
 */
export function verdictLine(report: Report, style: Style, columns: number = Infinity): string {
  const name = style.bold(escapeControls(commandLine(report.subject.command)));
  const { mark, text } = verdictText(report, name, style);
  return hanging(mark, text, { indent: 0, start: 2, columns });
}

function verdictText(report: Report, name: string, style: Style): { mark: string; text: string } {
  if (report.verdict === 'inconclusive') {
    return {
      mark: style.yellow('?'),
      text: `${name} ${style.yellow('could not be judged')}: ${problemOf(report)}`,
    };
  }
  if (report.verdict === 'conformant') {
    const part = report.scope.full ? '' : ' in the part that was judged';
    return {
      mark: style.green('✓'),
      text: `${name} is ${style.green('conformant')}${part}: ${sumOf(report)}`,
    };
  }
  const [first, ...more] = findingsOf(report.checks).filter(({ level }) => level === 'must');
  const reason = first ? `: ${reasonOf(first)}` : '';
  const others = more.length === 0 ? '' : ` (the first of ${more.length + 1} findings)`;
  return { mark: style.red('✗'), text: `${name} is ${style.red('nonconformant')}${reason}${others}` };
}

/** A path is named once: what is wrong with it often begins with it. */
function problemOf({ problem, subject }: Report): string {
  const path = `${subject.command[0] ?? ''} `;
  const text = problem ?? 'nothing was seen to hold';
  return escapeControls(text.startsWith(path) ? `it ${text.slice(path.length)}` : text);
}

function sumOf(report: Report): string {
  const passed = report.checks.filter(({ outcome, selected }) => outcome === 'passed' && selected).length;
  const { failed, knownFailing } = report.counts;
  return [
    `${count(passed, 'check')} passed`,
    ...(failed.should === 0 ? [] : [count(failed.should, 'warning')]),
    ...(knownFailing === 0 ? [] : [`${knownFailing} known to fail`]),
    ...(report.contract.name === 'none' ? ['protocol only'] : []),
  ].join(', ');
}

/** What was found, in one sentence; and what to do, when an option of ours is the way out. */
function reasonOf({ message, title, fix }: CheckResult): string {
  const found = firstSentence(message ?? title);
  return escapeControls(fix && / --[a-z]/.test(fix) ? `${found} ${firstSentence(fix)}` : found);
}

function firstSentence(text: string): string {
  return /^.*?[.!?](?=\s+[A-Z])/s.exec(text)?.[0] ?? text;
}

/** The answer for several subjects. */
export function setLine({ reports }: ReportSet, style: Style, columns: number = Infinity): string {
  const of = (verdict: Report['verdict']): number =>
    reports.filter((report) => report.verdict === verdict).length;
  const cells: [number, string, Style['green']][] = [
    [of('nonconformant'), 'nonconformant', style.red],
    [of('inconclusive'), 'could not be judged', style.yellow],
    [of('conformant'), 'conformant', style.green],
  ];
  const mark =
    of('nonconformant') > 0 ? style.red('✗') : of('inconclusive') > 0 ? style.yellow('?') : style.green('✓');
  const text = cells
    .flatMap(([number, label, colour]) => (number === 0 ? [] : [colour(`${number} ${label}`)]))
    .join(', ');
  return hanging(mark, `${style.bold(count(reports.length, 'plugin'))}: ${text}`, {
    indent: 0,
    start: 2,
    columns,
  });
}

export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
