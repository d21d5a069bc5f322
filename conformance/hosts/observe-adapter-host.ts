import { setTimeout as delay } from 'node:timers/promises';
import type { ProcessInfo } from '../../harness/launch/index.js';
import type { AdapterHost } from './adapter-host.js';
import type { HostRun } from './host-run.js';
import type { HostAtHome, Observed } from './at-home.js';
import type { HostBudgets } from './budgets.js';
import type { ChosenCall } from './chosen-call.js';
import { settled } from '../faults/index.js';

/** How long what a host has left behind may take to end by itself, in ms. */
const SETTLE_MS = 3_000;
const LOOK_MS = 50;

/**
 * The same as `observeHost`, for a host that has to be told: it is asked to load the plugin, to call it once, and to
 * shut down.
 */
export async function observeAdapterHost(
  { host, plugins }: HostAtHome,
  { behaviour, terminate = false }: Observed,
  call: ChosenCall | undefined,
  budgets: HostBudgets,
): Promise<HostRun> {
  const { startTimeoutMs, timeoutMs, stopMs, settleMs } = budgets;
  const startedAt = performance.timeOrigin + host.process.startedAt;
  const plugin = await plugins.put('plugins', 'watched', behaviour);
  const loadMs = startTimeoutMs + 3 * timeoutMs + stopMs;
  const loading = host.load(plugins.folder('plugins'));
  let signalledAt: number | undefined;
  const loaded = await settled(loading, loadMs);
  if (terminate) {
    signalledAt = Date.now();
    host.process.signal('SIGTERM');
  }
  if (!terminate && loaded.kind === 'value') {
    const running = loaded.value.plugins.find(({ state }) => state === 'Running');
    if (running && call) await settled(host.call(running.id, call.method, call.args), timeoutMs + stopMs);
    await delay(settleMs);
    await settled(host.list(), timeoutMs);
  }
  const during = await host.process.descendants();
  if (!terminate) await settled(host.shutdown(), stopMs);
  await settled(host.process.exit, stopMs);
  return {
    startedAt,
    pid: host.process.pid,
    plugin,
    ended: endOf(host),
    signalledAt,
    // What is of the protocol is for us.
    stdout: host.strange.join('\n'),
    stderr: host.process.stderr.text(),
    record: await plugins.runs(plugin),
    children: { during, ...(await leftOf(host)) },
    filesLeft: await host.process.filesLeft(),
    survivors: [],
  };
}

function endOf({ process }: AdapterHost): HostRun['ended'] {
  if (!process.exited) return undefined;
  const { code, signal, at } = process.exited;
  return { code, signal, at: performance.timeOrigin + at };
}

async function leftOf({
  process,
}: AdapterHost): Promise<{ atEnd: ProcessInfo[] | undefined; after: ProcessInfo[] | undefined }> {
  if (!process.exited) return { atEnd: undefined, after: undefined };
  const atEnd = await process.descendants();
  let after = atEnd;
  for (const start = performance.now(); after.length > 0 && performance.now() - start < SETTLE_MS;) {
    await delay(LOOK_MS);
    after = await process.descendants();
  }
  return { atEnd, after };
}
