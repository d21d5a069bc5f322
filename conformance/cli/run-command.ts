import type { Report } from '../report/index.js';
import type { SharedOptions } from '../run/index.js';
import { exitCode } from './exit-codes.js';
import { interruptible } from './interruptible.js';
import { judgeAll } from './judge-all.js';
import { progressFor } from './progress.js';
import { documentOf, reportTargets, writeReports } from './report-files.js';
import type { RunFlags } from './run-flags.js';
import { runOptions } from './run-options.js';
import { findSubjects, type NamedSubject } from './subjects.js';
import { tell } from './tell.js';
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
