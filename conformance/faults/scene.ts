import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Relay, type RelayRun } from '../../harness/relay/index.js';
import type { JsonValue } from '../../harness/value/index.js';
import { answer, Deviation, sameJson, settled, show, type Settled } from './deviation.js';
import type { Loaded, SeenPlugin } from './host-control.js';
import { ScratchFolder } from './scratch-folder.js';
import type { Stage } from './stage.js';
import { Timeline } from './timeline.js';

/** How often a host is asked for its states while one is awaited, in ms. */
const POLL_MS = 25;

/** For what takes no time at all, on a machine that may be busy, in ms. */
export const PROMPT_MS = 5_000;

/** One plugin behind a relay, in front of a host: what cells are made of. */
export class Scene {
  readonly stage: Stage;
  readonly timeline = new Timeline();
  readonly relay: Relay;
  readonly folder: string;
  readonly #folders: ScratchFolder[];
  #other: Relay | undefined;

  private constructor(stage: Stage, folder: ScratchFolder, relay: Relay) {
    this.stage = stage;
    this.#folders = [folder];
    this.folder = folder.path;
    this.relay = relay;
  }

  static async open(stage: Stage): Promise<Scene> {
    const folder = new ScratchFolder('cell-');
    try {
      const path = join(folder.path, 'plugin');
      return new Scene(stage, folder, await Relay.create({ path, command: stage.plugin }));
    } catch (error) {
      folder.remove();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.relay.close();
    await this.#other?.close();
    for (const folder of this.#folders) folder.remove();
  }

  /** A relay in front of the other plugin, in a folder of its own. */
  async another(): Promise<{ relay: Relay; folder: string }> {
    const folder = new ScratchFolder('cell-');
    this.#folders.push(folder);
    this.#other = await Relay.create({ path: join(folder.path, 'plugin'), command: this.stage.other });
    return { relay: this.#other, folder: folder.path };
  }

  /** How long a host may take to load a plugin or to give it up. */
  get loadMs(): number {
    const { startTimeoutMs, timeoutMs, stopMs } = this.stage.budgets;
    return startTimeoutMs + 3 * timeoutMs + stopMs;
  }

  /** Loads a folder; what comes of it later is no unhandled rejection. */
  load(folder: string = this.folder): Promise<Loaded> {
    const loading = this.stage.host.load(folder);
    loading.catch(() => {});
    return loading;
  }

  /** The plugin that came of it. @throws Deviation */
  async loaded(loading: Promise<Loaded>): Promise<SeenPlugin> {
    const { plugins, problems } = await answer('load', loading, this.loadMs, true);
    const plugin = plugins.find(({ id }) => id !== this.stage.witness.id);
    if (plugin?.state === 'Running') return plugin;
    const told = problems.map(({ message }) => message).join('; ');
    throw new Deviation(
      'The plugin is not Running after load.',
      'it is loaded and Running',
      plugin ? `it is ${plugin.state}` : told || 'it is not there, and nobody says why',
    );
  }

  /** The next launch of the plugin. */
  launched(): Promise<RelayRun> {
    return this.relay.nextRun(this.loadMs);
  }

  call(id: string): Promise<JsonValue> {
    const { method, args } = this.stage.call;
    const calling = this.stage.host.call(id, method, args);
    calling.catch(() => {});
    return calling;
  }

  /** A call that comes back right. @throws Deviation */
  async works(id: string, reply?: JsonValue): Promise<JsonValue> {
    const { method } = this.stage.call;
    const got = await answer(`${method} of ${id}`, this.call(id), this.stage.budgets.timeoutMs + PROMPT_MS);
    if (reply === undefined || sameJson(got, reply)) return got;
    throw new Deviation(`${method} of ${id} has another answer than before.`, show(reply), show(got));
  }

  async seen(id: string): Promise<SeenPlugin | undefined> {
    const all = await answer('list', this.stage.host.list(), PROMPT_MS);
    return all.find((plugin) => plugin.id === id);
  }

  /** Waits until a plugin has a state. @throws Deviation when it has not in time */
  async becomes(id: string, state: SeenPlugin['state'], ms: number): Promise<SeenPlugin> {
    const start = performance.now();
    for (;;) {
      const plugin = await this.seen(id);
      if (plugin?.state === state) return plugin;
      if (performance.now() - start > ms) {
        throw new Deviation(
          `The plugin is not ${state} in time.`,
          `${id} is ${state} within ${ms} ms`,
          plugin ? `it is still ${plugin.state}` : 'it is not in the list',
          true,
        );
      }
      await delay(POLL_MS);
    }
  }

  /** A process of the plugin has ended. @throws Deviation */
  async gone(run: RelayRun, what: string): Promise<void> {
    const { stopMs } = this.stage.budgets;
    if ((await settled(run.exit, stopMs)).kind === 'value') return;
    throw new Deviation(
      `${what}, and its process lives on.`,
      `the process ends within ${stopMs} ms`,
      `pid ${run.pid} is still there`,
      true,
    );
  }

  /** What became of calls, once they have to have come back. */
  fates(calls: readonly Promise<JsonValue>[], ms: number): Promise<Settled<JsonValue>[]> {
    return Promise.all(calls.map((call) => settled(call, ms)));
  }
}
