import { lstatSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { systemTable } from '../launch/process-table.js';
import { RelayError } from './errors.js';
import type { FromRelay } from './messages.js';
import { RelayRun } from './relay-run.js';

/** How long a process may take to be gone after SIGKILL, in ms. */
const KILLED_MS = 5_000;
const LOOK_MS = 5;

/** What the driver knows of one launch: the relay's process, its guard, the plugin. */
export class Launch {
  readonly pid: number;
  /** Both the relay's and the guard's connections are closed, as they are when the processes have ended. */
  readonly gone: Promise<void>;
  #resolveGone: () => void = () => {};
  readonly #open = new Set<Socket>();
  #run: RelayRun | undefined;
  #hasFailed = false;
  #pluginSocket: string | undefined;

  constructor(pid: number) {
    this.pid = pid;
    this.gone = new Promise((resolve) => (this.#resolveGone = resolve));
  }

  get hasPluginSocket(): boolean {
    return this.#pluginSocket !== undefined;
  }

  /** Whether it came to anything that was told. */
  get isTold(): boolean {
    return this.#hasFailed || this.#run !== undefined;
  }

  attach(socket: Socket): void {
    this.#open.add(socket);
    socket.once('close', () => {
      this.#open.delete(socket);
      if (this.#open.size === 0) this.#resolveGone();
    });
  }

  /** @returns what has come of the launch, when the message tells it */
  receive(message: FromRelay, socket: Socket): RelayRun | RelayError | undefined {
    if ('began' in message) {
      this.#run?.began(message.began);
      return undefined;
    }
    if ('id' in message) {
      this.#run?.answered(message.id, message.error);
      return undefined;
    }
    if (message.event === 'plugin-socket') {
      this.#pluginSocket = message.path;
      return undefined;
    }
    if (message.event === 'failed') {
      this.#hasFailed = true;
      return new RelayError('RELAY_LAUNCH', `The real plugin could not be started: ${message.message}`);
    }
    this.#run = new RelayRun(this.pid, message.pid, socket, this.gone);
    return this.#run;
  }

  /** Ends the relay, which its guard notices, and waits until nothing is left. */
  async end(): Promise<void> {
    this.kill();
    const deadline = performance.now() + KILLED_MS;
    const timer = setTimeout(() => {
      for (const socket of this.#open) socket.destroy();
    }, KILLED_MS);
    await this.gone;
    clearTimeout(timer);
    while (this.#pluginLives() && performance.now() < deadline) await delay(LOOK_MS);
  }

  #pluginLives(): boolean {
    return this.#run !== undefined && systemTable.read(this.#run.pluginPid)?.alive === true;
  }

  kill(): void {
    // Not a process that has its number by now.
    if (this.#open.size === 0) return;
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch {
      // It has just ended, and its guard has not.
    }
  }

  /** The real plugin’s own socket, which go-plugin leaves behind when it is killed. */
  removePluginSocket(): void {
    const path = this.#pluginSocket;
    if (path === undefined) return;
    try {
      if (lstatSync(path).isSocket()) rmSync(path);
    } catch {
      // The plugin removed it, or the host did, with its folder.
    }
  }
}
