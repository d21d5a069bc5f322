import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RelayError } from './errors.js';
import { Launch } from './launch.js';
import { readMessages, writeMessage, type FromRelay, type Hello } from './messages.js';
import type { RelayPlan } from './plan.js';
import type { RelayRun } from './relay-run.js';

/** A unix socket's path has room for about 100 characters (sun_path, unix(7)). */
const MAX_BASE_LENGTH = 80;
const SHORT_BASE = '/tmp';

export interface ControlEvents {
  /** What the next launch does. */
  plan(): RelayPlan;
  /** A host launched the relay; or tried to, and the real plugin could not be started. */
  launched(launch: RelayRun | RelayError): void;
}

/** The driver's end of the control connections: each launch has one, and its guard another. */
export class ControlServer {
  readonly path: string;
  readonly #folder: string;
  readonly #server: Server;
  readonly #events: ControlEvents;
  /** By the pid of the relay. */
  readonly #launches = new Map<number, Launch>();
  readonly #ended: Launch[] = [];

  /** @throws RelayError RELAY_CREATE */
  constructor(events: ControlEvents) {
    this.#events = events;
    this.#server = createServer((socket) => this.#accept(socket));
    const base = tmpdir().length > MAX_BASE_LENGTH ? SHORT_BASE : tmpdir();
    try {
      // Readable by this user alone, as mkdtemp makes it: nobody else has orders to give.
      this.#folder = mkdtempSync(join(base, 'relay-'));
    } catch (cause) {
      throw cannot(`have a folder in ${base}`, cause);
    }
    this.path = join(this.#folder, 'control');
  }

  /** @throws RelayError RELAY_CREATE */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (cause: Error): void => reject(cannot(`listen at ${this.path}`, cause));
      this.#server.once('error', fail).listen(this.path, () => {
        this.#server.off('error', fail).on('error', () => {});
        resolve();
      });
    });
  }

  /** Takes no more launches, ends those that there are, and removes the socket. */
  async close(): Promise<void> {
    this.#server.close();
    const launches = [...this.#launches.values()];
    await Promise.all(launches.map((launch) => launch.end()));
    for (const launch of this.#ended) launch.removePluginSocket();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The same without an event loop; the guards of the launches do their part of it a moment later. */
  closeNow(): void {
    for (const launch of this.#launches.values()) launch.kill();
    for (const launch of [...this.#ended, ...this.#launches.values()]) launch.removePluginSocket();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #accept(socket: Socket): void {
    let launch: Launch | undefined;
    socket.on('error', () => {});
    readMessages(socket, (received) => {
      const message = received as Hello | FromRelay;
      if ('hello' in message) {
        launch = this.#launchOf(message.pid);
        launch.attach(socket);
        if (message.hello === 'relay') writeMessage(socket, { plan: this.#events.plan() });
        return;
      }
      if (!launch) return;
      const arrival = launch.receive(message, socket);
      if (arrival) this.#events.launched(arrival);
    });
  }

  #launchOf(pid: number): Launch {
    const known = this.#launches.get(pid);
    if (known) return known;
    const launch = new Launch(pid);
    this.#launches.set(pid, launch);
    void launch.gone.then(() => {
      this.#launches.delete(pid);
      if (launch.hasPluginSocket) this.#ended.push(launch);
      if (!launch.isTold) this.#events.launched(endedEarly(pid));
    });
    return launch;
  }
}

function endedEarly(pid: number): RelayError {
  return new RelayError('RELAY_LAUNCH', `The relay ${pid} ended before it had started the real plugin.`);
}

function cannot(what: string, cause: unknown): RelayError {
  return new RelayError('RELAY_CREATE', `The relay’s driver cannot ${what}: ${(cause as Error).message}`, {
    cause,
  });
}
