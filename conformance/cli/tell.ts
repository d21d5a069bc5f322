import { escapeControls } from '../../harness/quote.js';
import { reportToText, setToText, type Report, type ReportSet, type TextOptions } from '../report/index.js';
import { writeReports, type ReportTarget } from './report-files.js';
import { terminalStyle } from './terminal-style.js';

/** Says what came out, where it belongs, and writes the reports that were asked for. */
export async function tell(
  document: Report | ReportSet,
  passedOver: readonly string[],
  flags: { readonly verbose?: boolean; readonly quiet?: boolean },
  targets: readonly ReportTarget[],
  kept: readonly string[] = [],
): Promise<void> {
  const out = targets.some(({ path }) => path === '-') ? process.stderr : process.stdout;
  const options: TextOptions = {
    style: terminalStyle(out),
    ...(out.columns ? { columns: out.columns } : {}),
    verbose: flags.verbose ?? false,
    quiet: flags.quiet ?? false,
  };
  out.write(document.kind === 'set' ? setToText(document, options) : reportToText(document, options));
  if (!flags.quiet) tellKept(kept, out);
  if (!flags.quiet && passedOver.length > 0) {
    out.write(`\nPassed over:\n${passedOver.map((line) => `    ${escapeControls(line)}\n`).join('')}`);
  }
  await writeReports(document, targets);
}

/** Where the counterexamples of a run are. */
export function tellKept(kept: readonly string[], out: NodeJS.WritableStream): void {
  if (kept.length > 0)
    out.write(`\nKept, to be done again:\n${kept.map((line) => `    ${line}\n`).join('')}`);
}
