import { availableParallelism } from 'node:os';
import type { PluginPlace } from '../hosts/index.js';
import type { Report } from '../report/index.js';
import { runHost, unjudgedHost, withHostDefaults, type CheckHostOptions } from '../run/index.js';
import { exitCode } from './exit-codes.js';
import type { HostFlags } from './host-flags.js';
import { interruptible } from './interruptible.js';
import { progressFor } from './progress.js';
import { reportTargets, writeReports } from './report-files.js';
import { readKnownFailing, splitEnv } from './run-options.js';
import { tell } from './tell.js';
import { UsageError } from './usage-error.js';

/** `iglu-conformance host <host>`: judges a host, says what was found, and resolves with the exit code. */
export async function hostCommand(host: string, args: readonly string[], flags: HostFlags): Promise<number> {
  const targets = await reportTargets(flags.report ?? []);
  const progress = progressFor(flags);
  const name = /[/\\]/.test(host) ? host : `./${host}`;
  const options = await withHostDefaults({
    ...(await checkOptions(flags)),
    command: [name, ...args],
    onStart: (key) => {
      progress.started(name, key);
    },
    onResult: (result) => {
      progress.finished(name, result);
    },
  });
  let report: Report;
  try {
    report = await interruptible(() => runHost(options), {
      begins: () => {
        progress.stop();
      },
      ends: async (signal) => {
        process.stderr.write('Interrupted; the host and every plugin were ended.\n');
        await writeReports(unjudgedHost(options, `interrupted by ${signal}`), targets);
      },
    });
  } finally {
    progress.stop();
  }
  await tell(report, [], flags, targets);
  return exitCode([report.verdict]);
}

async function checkOptions(flags: HostFlags): Promise<Omit<CheckHostOptions, 'command'>> {
  const { contract, adapter, only, skip, level, inheritEnv, knownFailing } = flags;
  const { startTimeout, timeout, hangTime, stopTime } = flags;
  const place = placeOf(flags);
  return {
    ...(contract === undefined ? {} : { contract }),
    adapter: adapter ?? false,
    ...(place ? { place } : {}),
    only: only ?? [],
    skip: skip ?? [],
    level: level ?? 'may',
    ...splitEnv(flags.env ?? []),
    inheritEnv: inheritEnv ?? false,
    knownFailing: knownFailing === undefined ? [] : await readKnownFailing(knownFailing),
    parallel: flags.jobs ?? availableParallelism(),
    budgets: {
      ...(startTimeout === undefined ? {} : { startTimeoutMs: startTimeout }),
      ...(timeout === undefined ? {} : { timeoutMs: timeout }),
      ...(hangTime === undefined ? {} : { hangMs: hangTime }),
      ...(stopTime === undefined ? {} : { stopMs: stopTime }),
    },
  };
}

function placeOf({ plugins, pluginAt, adapter }: HostFlags): PluginPlace | undefined {
  const given = [plugins && '--plugins', pluginAt && '--plugin-at', adapter && '--adapter'].filter(Boolean);
  if (given.length > 1)
    throw new UsageError(
      `${given.join(' and ')} say different things about where the host finds its plugins.`,
    );
  if (plugins !== undefined) return { pluginsFolder: plugins };
  return pluginAt === undefined ? undefined : { pluginAt };
}
