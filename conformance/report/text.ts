import { escapeControls } from '../../harness/quote.js';
import { formatTapeLine } from '../../harness/tape/index.js';
import type { Area, Level } from '../checks/index.js';
import { findingsOf, type CheckResult, type Report } from './document.js';
import { labelled, PLAIN, type Style } from './style.js';

export interface TextOptions {
  readonly style?: Style;
  /** Width to wrap at, in columns. */
  readonly columns?: number;
  /** Everything: each result, and findings of level `may` in full. */
  readonly verbose?: boolean;
  /** The verdict line alone. */
  readonly quiet?: boolean;
}

const DEFAULT_COLUMNS = 80;

/** How much of stderr and of the tape stands under a finding, in lines. */
const SHOWN_LINES = 8;

/** A report for people: the verdict first, then what was found, then what was looked at. */
export function reportToText(report: Report, options: TextOptions = {}): string {
  const { style = PLAIN, columns = DEFAULT_COLUMNS, verbose = false, quiet = false } = options;
  const head = verdictLine(report, style);
  if (quiet) return `${head}\n`;
  const findings = findingsOf(report.checks);
  const loud = findings.filter(({ level }) => verbose || level !== 'may');
  const hints = findings.filter(({ level }) => !verbose && level === 'may');
  const parts = [
    head,
    ...loud.map((finding) => findingToText(finding, style, columns)),
    ...(hints.length > 0 ? [hintsToText(hints, style, columns)] : []),
    ...(report.problem === null ? [areasToText(report.checks, style)] : []),
    ...(verbose ? [resultsToText(report.checks, style)] : []),
    footer(report, style),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** One line: the subject, the verdict, and the reason where there is one. */
function verdictLine(report: Report, style: Style): string {
  const name = escapeControls(report.subject.command.join(' '));
  const { must, should } = report.counts.failed;
  const warnings = should === 0 ? '' : `, ${count(should, 'warning')}`;
  if (report.verdict === 'inconclusive') return `${style.yellow('?')} ${name}: ${escapeControls(report.problem ?? 'could not be judged')}`;
  if (report.verdict === 'conformant') {
    const only = report.contract.name === 'none' ? ', protocol only' : '';
    return `${style.green('✓')} ${style.bold(name)} is ${style.green('conformant')}: ${count(report.counts.passed, 'check')} passed${warnings}${only}`;
  }
  const [first] = findingsOf(report.checks).filter(({ level }) => level === 'must');
  const reason = first?.message ? `: ${escapeControls(first.message)}` : '';
  const more = must > 1 ? ` (${must} findings)` : '';
  return `${style.red('✗')} ${style.bold(name)} is ${style.red('nonconformant')}${reason}${more}`;
}

function findingToText(finding: CheckResult, style: Style, columns: number): string {
  const mark = finding.level === 'must' ? style.red('✗') : style.yellow(finding.level === 'should' ? '!' : '·');
  const line = (label: string, text: string | null | undefined): string[] =>
    text ? [labelled(label, escapeControls(text), columns, style)] : [];
  const { evidence } = finding;
  return [
    `${mark} ${style.bold(finding.key)}  ${LEVEL_NAMES[finding.level]}`,
    ...line('promise', finding.title),
    ...line('expected', finding.expected),
    ...line('actual', finding.actual),
    ...line('cause', finding.message === finding.actual ? null : finding.message),
    ...line('fix', finding.fix),
    ...line('source', finding.reference),
    ...line('arguments', evidence?.arguments === undefined || evidence.arguments === null ? null : JSON.stringify(evidence.arguments)),
    ...line('again', evidence?.reproduce),
    ...tail('stderr', evidence?.stderr?.trimEnd().split('\n') ?? [], style, columns),
    ...tail('tape', evidence?.tape?.map(formatTapeLine) ?? [], style, columns),
  ].join('\n');
}

const LEVEL_NAMES: Readonly<Record<Level, string>> = { must: 'must', should: 'should (a warning)', may: 'may (not held against it)' };

/** The last lines of an output, indented and cut to the width. */
function tail(label: string, lines: readonly string[], style: Style, columns: number): string[] {
  const shown = lines.filter((line) => line.trim() !== '').slice(-SHOWN_LINES);
  if (shown.length === 0) return [];
  const room = columns - 6;
  return [
    style.dim(`    ${label}, the last lines`),
    ...shown.map((line) => {
      const safe = escapeControls(line);
      return style.dim(`      ${safe.length > room ? `${safe.slice(0, room - 1)}…` : safe}`);
    }),
  ];
}

function hintsToText(hints: readonly CheckResult[], style: Style, columns: number): string {
  return [
    `${style.dim('·')} What it could do better, though stock go-plugin does not either (--verbose explains):`,
    ...hints.map((hint) => labelled('', `${hint.key}: ${escapeControls(hint.message ?? hint.title)}`, columns, style)),
  ].join('\n');
}

function areasToText(checks: readonly CheckResult[], style: Style): string {
  const areas = [...new Set(checks.map(({ area }) => area))];
  return areas.map((area) => areaLine(area, checks.filter((check) => check.area === area && check.selected), style)).filter(Boolean).join('\n');
}

function areaLine(area: Area, results: readonly CheckResult[], style: Style): string {
  if (results.length === 0) return '';
  const failures = results.filter(({ outcome }) => outcome === 'failed');
  const blocked = failures.filter(({ blockedBy }) => blockedBy !== null).length;
  const of = (outcome: CheckResult['outcome']): number => results.filter((result) => result.outcome === outcome).length;
  const found = (level: Level): number => failures.filter((each) => each.blockedBy === null && each.level === level).length;
  const cells = [
    text(of('passed'), 'passed', style.green),
    text(found('must'), 'failed', style.red),
    text(found('should'), 'warned', style.yellow),
    text(found('may'), 'could be better', style.dim),
    text(blocked, 'blocked', style.dim),
    text(of('known-failing'), 'known to fail', style.yellow),
    text(of('inconclusive'), 'inconclusive', style.yellow),
    text(of('not-applicable'), 'not applicable', style.dim),
  ];
  return `  ${area.padEnd(12)} ${cells.filter(Boolean).join(', ')}`;
}

function text(number: number, label: string, colour: (text: string) => string): string {
  return number === 0 ? '' : colour(`${number} ${label}`);
}

function resultsToText(checks: readonly CheckResult[], style: Style): string {
  return checks
    .map(({ key, outcome, durationMs, message, blockedBy }) => {
      const note = blockedBy ? `blocked by ${blockedBy}` : outcome === 'failed' ? '' : message;
      return `  ${outcome.padEnd(14)} ${key}${style.dim(`  ${durationMs} ms${note ? `  ${escapeControls(note)}` : ''}`)}`;
    })
    .join('\n');
}

function footer(report: Report, style: Style): string {
  const { subject, contract, scope } = report;
  const facts = [
    `contract ${contract.name}`,
    ...(subject.transport ? [`${subject.transport}, protocol version ${subject.protocolVersion}`] : []),
    `seed ${report.seed}`,
    `${(report.durationMs / 1000).toFixed(1)} s`,
  ];
  const part = scope.full ? [] : [style.yellow(`Only a part was judged: ${scope.reasons.join(', ')}`)];
  return [style.dim(facts.join(' · ')), ...part].join('\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
