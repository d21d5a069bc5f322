import type { Report } from '../report/index.js';
import type { SharedOptions } from '../run/index.js';
import { CounterexampleStore } from './counterexample-store.js';
import { exitCode } from './exit-codes.js';
import { interruptible } from './interruptible.js';
import { judgeAll } from './judge-all.js';
import { progressFor } from './progress.js';
import { documentOf, reportTargets, writeReports } from './report-files.js';
import type { RunFlags } from './run-flags.js';
import { runOptions } from './run-options.js';
import { findSubjects, type NamedSubject } from './subjects.js';
import { tell, tellKept } from './tell.js';
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
  const store = new CounterexampleStore(flags.counterexamples);
  const options = await optionsWith(store, flags).catch(async (error: Error) => {
    await writeReports(documentOf(problems(error.message)), targets);
    throw error;
  });
  const reports = await judged(subjects, options, flags, async (signal) => {
    tellKept(await store.keepUnfinished(), process.stderr);
    await writeReports(documentOf(problems(`interrupted by ${signal}`)), targets);
  });
  await tell(
    documentOf(reports),
    [...passedOver, ...store.passedOver],
    flags,
    targets,
    await store.keepFindings(reports),
  );
  return exitCode(reports.map(({ verdict }) => verdict));
}

/** The options of a run that keeps counterexamples, and begins with those that are kept. */
async function optionsWith(store: CounterexampleStore, flags: RunFlags): Promise<SharedOptions> {
  return {
    ...(await runOptions(flags)),
    saved: await store.read(),
    onCounterexample: (document, id) => {
      store.add(document, id);
    },
  };
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
