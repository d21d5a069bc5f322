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
): Promise<void> {
  const out = targets.some(({ path }) => path === '-') ? process.stderr : process.stdout;
  const options: TextOptions = {
    style: terminalStyle(out),
    ...(out.columns ? { columns: out.columns } : {}),
    verbose: flags.verbose ?? false,
    quiet: flags.quiet ?? false,
  };
  out.write(document.kind === 'set' ? setToText(document, options) : reportToText(document, options));
  if (!flags.quiet && passedOver.length > 0) {
    out.write(`\nPassed over:\n${passedOver.map((line) => `    ${escapeControls(line)}\n`).join('')}`);
  }
  await writeReports(document, targets);
}
