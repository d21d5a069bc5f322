import type { Stage } from '../faults/index.js';
import type { AdapterHost } from './adapter-host.js';
import { AdapterError } from './adapter-error.js';
import type { HostBudgets } from './budgets.js';
import type { ChosenCall } from './chosen-call.js';
import { PluginFolder } from './plugin-folder.js';

interface OpenStage {
  readonly stage: Stage;
  close(): Promise<void>;
}

export interface StageMakings {
  /** Starts the host. @throws LaunchError */
  start(): Promise<AdapterHost>;
  /** The name or the path of the contract of its plugins. */
  readonly contract: string;
  readonly call: ChosenCall | undefined;
  readonly budgets: HostBudgets;
}

/** Hosts with a plugin loaded that nothing is done to, to be used again and again. */
export class Stages {
  readonly #makings: StageMakings;
  readonly #free: OpenStage[] = [];
  readonly #all = new Set<OpenStage>();

  constructor(makings: StageMakings) {
    this.#makings = makings;
  }

  async use<T>(work: (stage: Stage) => Promise<T>): Promise<T> {
    const open = this.#free.pop() ?? (await this.#open());
    try {
      const result = await work(open.stage);
      if (await isTidy(open.stage)) this.#free.push(open);
      else await this.#discard(open);
      return result;
    } catch (error) {
      // Whatever it was may have left the host in any state.
      await this.#discard(open);
      throw error;
    }
  }

  async #discard(open: OpenStage): Promise<void> {
    this.#all.delete(open);
    await open.close();
  }

  async end(): Promise<void> {
    this.#free.length = 0;
    await Promise.all([...this.#all].map((open) => open.close()));
  }

  async #open(): Promise<OpenStage> {
    const { contract, budgets, call } = this.#makings;
    const plugins = new PluginFolder(contract);
    let host: AdapterHost | undefined;
    const close = async (): Promise<void> => {
      await host?.end();
      plugins.remove();
    };
    try {
      if (!call)
        throw new AdapterError('ADAPTER_PROTOCOL', 'The contract has no method that may be repeated.');
      host = await this.#makings.start();
      await plugins.put('witness', 'witness');
      const { plugins: loaded } = await host.load(plugins.folder('witness'));
      const [witness] = loaded;
      if (witness?.state !== 'Running')
        throw new AdapterError('ADAPTER_PROTOCOL', 'A good plugin is not Running after load.');
      const stage: Stage = {
        host,
        witness: { id: witness.id, pid: witness.pid },
        plugin: [await plugins.put('behind', 'plugin', 'good', 'subject')],
        other: [await plugins.put('behind', 'other', 'good', 'other')],
        call,
        budgets,
      };
      const open = { stage, close };
      this.#all.add(open);
      return open;
    } catch (error) {
      await close();
      throw error;
    }
  }
}

/** Whether the host can be left as the next one has to find it: with the witness, and nothing else. */
async function isTidy({ host, witness }: Stage): Promise<boolean> {
  try {
    for (const { id } of await host.list()) if (id !== witness.id) await host.unload(id);
    const [only, another] = await host.list();
    return !another && only?.id === witness.id && only.state === 'Running' && only.pid === witness.pid;
  } catch (error) {
    if (error instanceof AdapterError) return false;
    throw error;
  }
}
