import { resolve } from 'node:path';
import { addLive, removeLive, type Endable } from '../launch/live.js';
import { Arrivals } from './arrivals.js';
import { ControlServer } from './control-server.js';
import { RelayError } from './errors.js';
import { removeExecutable, writeExecutable } from './executable.js';
import type { RelayPlan } from './plan.js';
import type { RelayRun } from './relay-run.js';

export interface RelayOptions {
  /** Where the executable is to be; nothing may be there yet. */
  readonly path: string;
  /** The real plugin, and its first arguments; the host's own come after them. */
  readonly command: readonly [string, ...string[]];
}

/**
 * An executable that stands where a host expects a plugin, and the driver of what it does. Launched, it launches the
 * real plugin, with the environment and stdin and stderr that the host gave, passes on its handshake with an address
 * of its own, and relays the bytes; it ends as the plugin ends.
 *
 * What cannot be told apart from the plugin itself: a host sees the relay's pid; a plugin has the relay as its parent
 * and a session of its own. NODE_OPTIONS in the host's environment is obeyed by the relay too.
 *
 * When a relay ends, however it does, a guard ends the plugin's process group and removes the relay's socket. What
 * has left the group is for `harness/launch` to find, by the environment that it inherited.
 */
export class Relay {
  readonly path: string;
  readonly #arrivals = new Arrivals();
  readonly #control: ControlServer;
  readonly #live: Endable = { end: () => this.close(), endNow: () => this.#endNow() };
  #plan: RelayPlan = {};
  #closing: Promise<void> | undefined;

  private constructor(path: string) {
    this.path = path;
    this.#control = new ControlServer({
      plan: () => this.#plan,
      launched: (launch) => this.#arrivals.add(launch),
    });
  }

  /**
   * Writes the executable. The caller has to close() the relay.
   *
   * @throws RelayError RELAY_CREATE
   */
  static async create({ path, command }: RelayOptions): Promise<Relay> {
    if (process.platform === 'win32')
      throw new RelayError(
        'RELAY_CREATE',
        'There are no scripts with an interpreter of their own on Windows.',
      );
    const [program, ...args] = command;
    const relay = new Relay(resolve(path));
    addLive(relay.#live);
    try {
      await relay.#control.listen();
      // A relative path is meant from here; a name is looked up on the PATH that the host gives.
      writeExecutable(relay.path, {
        control: relay.#control.path,
        command: [program.includes('/') ? resolve(program) : program, ...args],
      });
      return relay;
    } catch (error) {
      await relay.#control.close();
      removeLive(relay.#live);
      throw error;
    }
  }

  /** What the next launches do; relaying plainly over a unix socket, unless told otherwise. */
  plan(plan: RelayPlan): void {
    this.#plan = { ...plan };
  }

  /**
   * The next launch by a host, in order, once the real plugin was started.
   *
   * @throws RelayError RELAY_LAUNCH, RELAY_TIMEOUT, RELAY_CLOSED
   */
  nextRun(timeoutMs: number): Promise<RelayRun> {
    return this.#arrivals.next(timeoutMs);
  }

  /**
   * Ends all runs, and leaves nothing: no process, no socket, no executable. (The socket of a plugin that is killed
   * before its handshake came is not known; it lies in the folder that the host gave.) Safe to call again.
   */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    removeExecutable(this.path);
    this.#arrivals.end(new RelayError('RELAY_CLOSED', `The relay ${this.path} was closed.`));
    await this.#control.close();
    removeLive(this.#live);
  }

  #endNow(): void {
    removeExecutable(this.path);
    this.#control.closeNow();
  }
}
