import { escapeControls } from '../../harness/quote.js';
import { reportToText, setToText, type Report, type ReportSet, type TextOptions } from '../report/index.js';
import type { SharedOptions } from '../run/index.js';
import { exitCode } from './exit-codes.js';
import { interruptible } from './interruptible.js';
import { judgeAll } from './judge-all.js';
import { progressFor } from './progress.js';
import { documentOf, reportTargets, writeReports, type ReportTarget } from './report-files.js';
import type { RunFlags } from './run-flags.js';
import { runOptions } from './run-options.js';
import { findSubjects, type NamedSubject } from './subjects.js';
import { terminalStyle } from './terminal-style.js';
import { unjudgedReport } from './unjudged-report.js';

/** `iglu-conformance <plugin…>`: judges plugins, says what was found, and resolves with the exit code. */
export async function runCommand(
  paths: readonly string[],
  command: readonly string[],
  flags: RunFlags,
): Promise<number> {
  const targets = await reportTargets(flags.report ?? []);
  const { subjects, passedOver } = await findSubjects(paths, command);
  const problems = (problem: string): Report[] =>
    subjects.map((subject) => unjudgedReport(subject, flags, problem));
  const options = await runOptions(flags).catch(async (error: Error) => {
    await writeReports(documentOf(problems(error.message)), targets);
    throw error;
  });
  const reports = await judged(subjects, options, flags, async (signal) => {
    await writeReports(documentOf(problems(`interrupted by ${signal}`)), targets);
  });
  await tell(documentOf(reports), passedOver, flags, targets);
  return exitCode(reports.map(({ verdict }) => verdict));
}

/** Judges them with the progress in sight; a signal ends every plugin, and then this process. */
async function judged(
  subjects: readonly NamedSubject[],
  options: SharedOptions,
  flags: RunFlags,
  onInterrupt: (signal: string) => Promise<void>,
): Promise<Report[]> {
  const progress = progressFor(flags);
  try {
    return await interruptible(() => judgeAll(subjects, options, flags, progress), {
      begins: () => {
        progress.stop();
      },
      ends: async (signal) => {
        process.stderr.write('Interrupted; every plugin was ended.\n');
        await onInterrupt(signal);
      },
    });
  } finally {
    progress.stop();
  }
}

async function tell(
  document: Report | ReportSet,
  passedOver: readonly string[],
  flags: RunFlags,
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
