import { setTimeout as delay } from 'node:timers/promises';
import { systemTable } from '../../harness/launch/process-table.js';
import { fromJson, toJson, type JsonValue } from '../../harness/value/index.js';
import type { HostError, PluginInfo, ReferenceHost, StateChange } from '../../mocks/host/index.js';
import type { HostControl, Loaded, SeenPlugin } from './host-control.js';

/** How long a system may take to forget a process that has ended and has no parent any more, and how often to look, ms. */
const REAPED_MS = 5_000;
const LOOK_MS = 50;

/** The reference host in this process, as something that does what it is told. */
export class ReferenceControl implements HostControl {
  /** It is gone when we are. */
  readonly alive = true;
  /** Every change of a plugin's state, when it happened. */
  readonly changes: StateChange[] = [];
  /** The last thing that the host could not do with a plugin. */
  failure: HostError | undefined;
  /** Processes of plugins that something has befallen. */
  readonly #befallen = new Set<number>();
  readonly #host: ReferenceHost;

  constructor(host: ReferenceHost) {
    this.#host = host;
    host.on('state', (change) => this.changes.push(change));
  }

  async load(folder: string): Promise<Loaded> {
    const { loaded, failed, passedOver } = await this.#host.loadFolder(folder);
    for (const { error } of failed) this.failure = error as HostError;
    return {
      plugins: loaded.map(({ id }) => seen(this.#host.get(id))),
      problems: [
        ...failed.map(({ file, error }) => ({ file, message: error.message })),
        ...passedOver.map(({ file, why }) => ({ file, message: why })),
      ],
    };
  }

  async list(): Promise<readonly SeenPlugin[]> {
    return this.#host.list().map(seen);
  }

  call(id: string, method: string, args: JsonValue): Promise<JsonValue> {
    return this.#try(async () => inOrder(toJson(await this.#host.call(id, method, fromJson(args)))));
  }

  /**
   * A process behind a relay that is killed with it has no parent that hears of its end, and is there until the system
   * takes care of it: a plugin that looks for the one before by its pid finds it. Behind no relay its host would have
   * heard; so it is started once more when that one is gone.
   */
  start(id: string): Promise<SeenPlugin> {
    return this.#try(async () => {
      const unheard = this.unheard;
      try {
        return seen(await this.#host.start(id));
      } catch (error) {
        if (unheard.length === 0) throw error;
        for (const start = performance.now(); this.unheard.length > 0; await delay(LOOK_MS))
          if (performance.now() - start > REAPED_MS) throw error;
        return seen(await this.#host.start(id));
      }
    });
  }

  /** Something is about to befall this process of a plugin. */
  befalls(pid: number): void {
    this.#befallen.add(pid);
  }

  /** Processes that something has befallen, that have ended, and of whose end nobody has heard: zombies. */
  get unheard(): readonly number[] {
    return [...this.#befallen].filter((pid) => systemTable.read(pid)?.alive === false);
  }

  stop(id: string): Promise<SeenPlugin> {
    return this.#try(async () => seen(await this.#host.stop(id)));
  }

  reload(id: string): Promise<SeenPlugin> {
    return this.#try(async () => seen(await this.#host.reload(id)));
  }

  unload(id: string): Promise<void> {
    return this.#try(() => this.#host.unload(id));
  }

  /** Each process has a temp folder of its own, which is removed with it whatever lies in it. */
  async tempFiles(): Promise<readonly string[]> {
    return [];
  }

  async #try<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.failure = error as HostError;
      throw error;
    }
  }
}

function seen({ id, state, reason, pid, manifest }: PluginInfo): SeenPlugin {
  return {
    id,
    state,
    ...(reason && { reason: { kind: reason.kind, text: reason.text } }),
    ...(pid !== undefined && { pid }),
    ...(manifest !== undefined && { manifest: toJson(manifest) }),
  };
}

/** Two replies with the same map are the same: gob sends a map in the order in which Go walks it, another each time. */
export function inOrder(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, each]): [string, JsonValue] => {
    const inner = inOrder(each);
    const sorted = name === '$map' && Array.isArray(inner) ? inner.toSorted(byText) : inner;
    return [name, sorted];
  });
  return Object.fromEntries(entries);
}

function byText(a: JsonValue, b: JsonValue): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}
