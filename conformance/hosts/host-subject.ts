import type { Contract } from '../../harness/contract/index.js';
import type { Stage } from '../faults/index.js';
import type { WatchedRun } from '../../mocks/plugins/index.js';
import { AdapterHost } from './adapter-host.js';
import type { HostBudgets } from './budgets.js';
import { chooseCall, type ChosenCall } from './chosen-call.js';
import type { HostRun, PluginPlace } from './host-run.js';
import { observeHost } from './foreign-host.js';
import { observeAdapterHost } from './observe-adapter-host.js';
import { PluginFolder } from './plugin-folder.js';
import { Stages } from './stages.js';
import type { HostAtHome, Observed } from './at-home.js';

export interface HostSubjectOptions {
  /** The host and its arguments, in which `{plugin}` and `{plugins}` may stand. */
  readonly command: readonly [string, ...string[]];
  readonly contract: Contract;
  /** It does what it is told over stdin and stdout. */
  readonly adapter: boolean;
  /** Where it looks for plugins; without, its arguments or variables say so. */
  readonly place?: PluginPlace;
  readonly env: Readonly<Record<string, string>>;
  readonly inheritEnv: boolean;
  readonly budgets: HostBudgets;
}

/** The host under test, and what was seen of it so far. */
export class HostSubject {
  readonly options: HostSubjectOptions;
  /** What it is asked to call, where its contract has anything to call. */
  readonly call: ChosenCall | undefined;
  readonly #observations = new Map<string, Promise<HostRun>>();
  readonly #stages: Stages;

  constructor(options: HostSubjectOptions) {
    this.options = options;
    this.call = chooseCall(options.contract);
    this.#stages = new Stages({
      start: () => this.start(),
      contract: options.contract.source,
      call: this.call,
      budgets: options.budgets,
    });
  }

  get budgets(): HostBudgets {
    return this.options.budgets;
  }

  /** A host that does nothing to its plugin for so long does no more, in ms. */
  get idleMs(): number {
    const { timeoutMs, stopMs } = this.budgets;
    return timeoutMs + stopMs;
  }

  /** What the host does to a plugin that behaves like this; seen once for each attempt. */
  observe(wish: Observed, attempt: number): Promise<HostRun> {
    const key = `${wish.behaviour} ${wish.terminate ?? false} ${attempt}`;
    const found = this.#observations.get(key) ?? this.#observe(wish);
    this.#observations.set(key, found);
    return found;
  }

  /** Starts the host behind its adapter. @throws LaunchError */
  start(): Promise<AdapterHost> {
    const { command, env, inheritEnv, budgets } = this.options;
    const { startTimeoutMs, timeoutMs, stopMs } = budgets;
    return AdapterHost.start({
      command,
      env,
      inheritEnv,
      answerMs: timeoutMs,
      patienceMs: 2 * startTimeoutMs + 4 * timeoutMs + 2 * stopMs,
    });
  }

  /** Work with a host of its own, and an empty folder of plugins. */
  async atHome<T>(work: (home: HostAtHome) => Promise<T>): Promise<T> {
    const plugins = new PluginFolder(this.options.contract.source);
    try {
      const host = await this.start();
      try {
        return await work({ host, plugins });
      } finally {
        await host.end();
      }
    } finally {
      plugins.remove();
    }
  }

  /** Work with a host that has a plugin loaded; such hosts are used again, unless the work throws. */
  onStage<T>(work: (stage: Stage) => Promise<T>): Promise<T> {
    return this.#stages.use(work);
  }

  /** Ends every host that is still there. */
  async end(): Promise<void> {
    await this.#stages.end();
  }

  #observe(wish: Observed): Promise<HostRun> {
    const { command, contract, adapter, place, env, inheritEnv, budgets } = this.options;
    if (adapter) return this.atHome((home) => observeAdapterHost(home, wish, this.call, budgets));
    return observeHost({
      command,
      behaviour: wish.behaviour,
      contract: contract.source,
      ...(place ? { place } : {}),
      env,
      inheritEnv,
      timeoutMs: budgets.startTimeoutMs + 2 * budgets.timeoutMs + budgets.stopMs,
      until: (record) => lastDeed(record) + this.idleMs < Date.now(),
      ...(wish.terminate
        ? {
            signal: {
              name: 'SIGTERM',
              when: (record) => record.some(({ events }) => events.some(({ event }) => event === 'call')),
            },
          }
        : {}),
    });
  }
}

/** When something happened to the plugin last, pings aside, in ms of `Date.now()`; Infinity before it was run. */
function lastDeed(record: readonly WatchedRun[]): number {
  const deeds = record.flatMap(({ events }) => events.filter(({ event }) => event !== 'ping'));
  return deeds.length === 0 ? Infinity : Math.max(...deeds.map(({ at }) => at));
}
