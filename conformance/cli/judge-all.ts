import { availableParallelism } from 'node:os';
import { commandLine, type Report } from '../report/index.js';
import { inParallel, Quiet, runPlugin, type SharedOptions } from '../run/index.js';
import type { Progress } from './progress.js';
import type { RunFlags } from './run-flags.js';
import type { NamedSubject } from './subjects.js';
import { unjudgedReport } from './unjudged-report.js';

/** Runs the checks on each subject, as many at a time as --jobs allows. The reports come in the order of the subjects. */
export async function judgeAll(
  subjects: readonly NamedSubject[],
  options: SharedOptions,
  flags: RunFlags,
  progress: Progress,
): Promise<Report[]> {
  const quiet = new Quiet();
  const jobs = options.contract.exclusive ? 1 : (flags.jobs ?? availableParallelism());
  return inParallel(subjects, jobs, async (subject) => {
    const { command, problem } = subject;
    if (problem !== undefined) return unjudgedReport(subject, flags, problem, options);
    const name = commandLine(command);
    return runPlugin({
      ...options,
      command,
      quiet,
      onStart: (key) => {
        progress.started(name, key);
      },
      onResult: (result) => {
        progress.finished(name, result);
      },
      onCalls: (count) => {
        progress.called(count);
      },
    });
  });
}
