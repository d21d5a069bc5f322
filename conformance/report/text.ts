import { findingsOf, type CheckResult, type Report, type ReportSet } from './document.js';
import { findingToText } from './finding-text.js';
import { areasToText, hintsToText, resultsToText, unknownToText } from './overview-text.js';
import { hanging, PLAIN, type Style } from './style.js';
import { setLine, verdictLine } from './verdict-line.js';

export interface TextOptions {
  /** Colours; none unless given. */
  readonly style?: Style;
  /** Width to wrap at, in columns. Without, the verdict is one line, however long, and the rest wraps at 80. */
  readonly columns?: number;
  /** Everything: each result, and every finding with all of its evidence. */
  readonly verbose?: boolean;
  /** The verdict line alone. */
  readonly quiet?: boolean;
}

const DEFAULT_COLUMNS = 80;

/** A report for people: the verdict first, then what was found, then what was looked at. */
export function reportToText(report: Report, options: TextOptions = {}): string {
  const { style = PLAIN, verbose = false, quiet = false, columns = DEFAULT_COLUMNS } = options;
  const head = verdictLine(report, style, options.columns);
  if (quiet) return `${head}\n`;
  const findings = findingsOf(report.checks);
  const loud = findings.filter(({ level }) => verbose || level !== 'may');
  const hints = findings.filter((finding) => !loud.includes(finding));
  // Without a handshake it is one and the same reason for all of them, and stands above.
  const unknown = report.subject.transport === null || verbose ? [] : report.checks.filter(isUnknown);
  const parts = [
    head,
    ...loud.toSorted(byLevel).map((finding) => findingToText(finding, { style, columns, verbose })),
    ...(hints.length > 0 ? [hintsToText(hints, style, columns)] : []),
    ...(unknown.length > 0 ? [unknownToText(unknown, style, columns)] : []),
    ...(verbose && report.checks.length > 0 ? [resultsToText(report.checks, style, columns)] : []),
    ...(report.problem === null ? [areasToText(report.checks, style, columns)] : []),
    footer(report, style, columns),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** Several reports for people: how many came to which verdict, then each of them. */
export function setToText(set: ReportSet, options: TextOptions = {}): string {
  const { style = PLAIN, quiet = false } = options;
  const texts = set.reports.map((report) => reportToText(report, options));
  return [`${setLine(set, style, options.columns)}\n`, ...texts].join(quiet ? '' : '\n');
}

const ORDER: readonly CheckResult['level'][] = ['must', 'should', 'may'];

function byLevel(one: CheckResult, other: CheckResult): number {
  return ORDER.indexOf(one.level) - ORDER.indexOf(other.level);
}

function isUnknown({ outcome, selected }: CheckResult): boolean {
  return outcome === 'inconclusive' && selected;
}

function footer(report: Report, style: Style, columns: number): string {
  const { subject, contract, scope } = report;
  const facts = [
    `contract ${contract.name}`,
    ...(subject.transport ? [`${subject.transport}, protocol version ${subject.protocolVersion}`] : []),
    ...(subject.kind === 'host' ? [] : [`seed ${report.seed}`]),
    `${(report.durationMs / 1000).toFixed(1)} s`,
  ].join(' · ');
  const part = `Only a part was judged: ${scope.reasons.join(', ')}`;
  const paragraph = (text: string): string => hanging('', text, { indent: 0, start: 0, columns });
  return [style.dim(paragraph(facts)), ...(scope.full ? [] : [style.yellow(paragraph(part))])].join('\n');
}
