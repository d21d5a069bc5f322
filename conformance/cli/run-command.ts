import { availableParallelism } from 'node:os';
import { installSignalGuard } from '../../harness/launch/index.js';
import { reportToText, type Report } from '../report/index.js';
import { allResults, idleGlobs, Quiet, runPlugin } from '../run/index.js';
import { methodTargets } from '../subject/index.js';
import { exitCode } from './exit-codes.js';
import { liveProgress, NO_PROGRESS, plainProgress, type Progress } from './progress.js';
import { parseReportTargets, writeReports } from './report-files.js';
import { sharedRunOptions, type RunFlags, type SharedRunOptions } from './run-options.js';
import { findSubjects, type Command } from './subjects.js';
import { terminalStyle } from './terminal-style.js';
import { UsageError } from './usage-error.js';

/** `iglu-conformance <plugin…>`: judges plugins, says what was found, and resolves with the exit code. */
export async function runCommand(paths: readonly string[], command: readonly string[], flags: RunFlags): Promise<number> {
  const targets = parseReportTargets(flags.report);
  const { commands, passedOver } = await findSubjects(paths, command);
  const options = await sharedRunOptions(flags);
  refuseIdleGlobs(options);
  return judge(commands, options, flags, async (reports) => {
    const out = targets.some(({ path }) => path === '-') ? process.stderr : process.stdout;
    for (const line of passedOver) out.write(`passed over ${line}\n`);
    for (const report of reports) out.write(textOf(report, flags, out));
    if (reports.length > 1) out.write(summary(reports));
    await writeReports(reports, targets);
  });
}

/** Runs the checks on each command, and hands over the reports when all are there. */
export async function judge(
  commands: readonly Command[],
  options: SharedRunOptions,
  flags: Pick<RunFlags, 'jobs' | 'verbose' | 'quiet'>,
  show: (reports: readonly Report[]) => Promise<void>,
): Promise<number> {
  const removeGuard = installSignalGuard(() => {
    process.stderr.write('\nInterrupted; every plugin was ended.\n');
  });
  const progress = progressFor(flags);
  const quiet = new Quiet();
  try {
    const reports = await inParallel(commands, jobsOf(options, flags), (command) => {
      const subject = command.join(' ');
      return runPlugin({
        ...options,
        command,
        quiet,
        onStart: (key) => {
          progress.started(subject, key);
        },
        onResult: (result) => {
          progress.finished(subject, result);
        },
      });
    });
    progress.stop();
    await show(reports);
    return exitCode(reports.map(({ verdict }) => verdict));
  } finally {
    progress.stop();
    removeGuard();
  }
}

function jobsOf({ contract }: SharedRunOptions, { jobs }: Pick<RunFlags, 'jobs'>): number {
  return contract.exclusive ? 1 : (jobs ?? availableParallelism());
}

async function inParallel<T, R>(items: readonly T[], jobs: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.map((item, index) => ({ item, index }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next.index] = await work(next.item);
  };
  await Promise.all(Array.from({ length: Math.min(jobs, items.length) }, worker));
  return results;
}

function refuseIdleGlobs({ contract, requireAll, selection }: SharedRunOptions): void {
  const [idle] = idleGlobs(selection, allResults(methodTargets(contract, requireAll)));
  if (idle !== undefined) throw new UsageError(`${JSON.stringify(idle)} selects no check. iglu-conformance checks lists them; a method’s result is area/check@Method.`);
}

function progressFor({ quiet, verbose }: Pick<RunFlags, 'quiet' | 'verbose'>): Progress {
  if (quiet) return NO_PROGRESS;
  return process.stderr.isTTY && !process.env['CI'] ? liveProgress(process.stderr) : plainProgress(process.stderr, verbose ?? false);
}

export function textOf(report: Report, flags: Pick<RunFlags, 'verbose' | 'quiet'>, out: NodeJS.WriteStream): string {
  return reportToText(report, {
    style: terminalStyle(out),
    ...(out.columns ? { columns: out.columns } : {}),
    verbose: flags.verbose ?? false,
    quiet: flags.quiet ?? false,
  });
}

function summary(reports: readonly Report[]): string {
  const of = (verdict: Report['verdict']): number => reports.filter((report) => report.verdict === verdict).length;
  return `\n${reports.length} plugins: ${of('conformant')} conformant, ${of('nonconformant')} nonconformant, ${of('inconclusive')} could not be judged\n`;
}
