import { sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  launchProcess,
  type LaunchedProcess,
  type LeftFile,
  type ProcessInfo,
} from '../../harness/launch/index.js';
import { readRecord, type WatchedRun } from '../../mocks/plugins/index.js';
import type { HostEnd, HostRun, ObserveHostOptions } from './host-run.js';
import { placeWatched, type WatchedPlace } from './watched-place.js';

/** How often the host's record and children are looked at, in ms. */
const LOOK_MS = 50;

const DEFAULT_SETTLE_MS = 3_000;

/** What the host wrote last may still be in its pipes when it has ended, and its children may hold them, in ms. */
const LAST_OUTPUT_MS = 500;

/**
 * Runs somebody's host with a watched plugin where it looks for plugins, until it ends, the time is over, or `until` is
 * true; then ends all that came of it and removes what was written. Nothing of ours is needed in the host.
 *
 * @throws HostRunError; WatchedError; ContractError; LaunchError when the host cannot be started
 */
export async function observeHost(options: ObserveHostOptions): Promise<HostRun> {
  const place = await placeWatched(options);
  try {
    const host = await launchProcess({
      command: place.command,
      env: place.env,
      inheritEnv: options.inheritEnv ?? false,
      stdin: options.stdin ?? 'open',
    });
    const observation = new Observation(host, place, options);
    try {
      await observation.look();
    } finally {
      await host.end();
    }
    return await observation.result();
  } finally {
    place.remove();
  }
}

class Observation {
  readonly #host: LaunchedProcess;
  readonly #place: WatchedPlace;
  readonly #options: ObserveHostOptions;
  readonly #startedAt: number;
  readonly #during = new Map<number, ProcessInfo>();
  #signalledAt: number | undefined;
  #ended: HostEnd | undefined;
  #atEnd: ProcessInfo[] | undefined;
  #after: ProcessInfo[] | undefined;
  #filesLeft: HostRun['filesLeft'] = [];

  constructor(host: LaunchedProcess, place: WatchedPlace, options: ObserveHostOptions) {
    this.#host = host;
    this.#place = place;
    this.#options = options;
    this.#startedAt = wallClock(host.startedAt);
  }

  async look(): Promise<void> {
    await this.#whileItRuns();
    const { exited } = this.#host;
    if (exited) {
      this.#ended = { code: exited.code, signal: exited.signal, at: wallClock(exited.at) };
      this.#atEnd = await this.#host.descendants();
      this.#after = await this.#settle(this.#atEnd);
      await Promise.race([this.#host.outputClosed, delay(LAST_OUTPUT_MS)]);
    }
    this.#filesLeft = (await this.#host.filesLeft()).filter((file) => !this.#isOurs(file));
  }

  /** To be called when everything has been ended. */
  async result(): Promise<HostRun> {
    const host = this.#host;
    const { survivors } = await host.end();
    return {
      startedAt: this.#startedAt,
      pid: host.pid,
      plugin: this.#place.plugin,
      ended: this.#ended,
      signalledAt: this.#signalledAt,
      stdout: host.stdout.text(),
      stderr: host.stderr.text(),
      record: await readRecord(this.#place.record),
      children: { during: [...this.#during.values()], atEnd: this.#atEnd, after: this.#after },
      filesLeft: this.#filesLeft,
      survivors,
    };
  }

  async #whileItRuns(): Promise<void> {
    const { timeoutMs, until, signal } = this.#options;
    const deadline = this.#host.startedAt + timeoutMs;
    while (!this.#host.exited && performance.now() < deadline) {
      const waiting = signal !== undefined && this.#signalledAt === undefined;
      const record: WatchedRun[] = until || waiting ? await readRecord(this.#place.record) : [];
      await this.#lookAtChildren();
      if (waiting && signal.when(record)) {
        this.#signalledAt = Date.now();
        this.#host.signal(signal.name);
      }
      if (until?.(record)) return;
      await Promise.race([this.#host.exit, delay(LOOK_MS)]);
    }
  }

  async #lookAtChildren(): Promise<void> {
    const { seed } = this.#place;
    for (const child of await this.#host.descendants()) {
      // What copies files before the shell becomes the host is no child of the host.
      if (seed === undefined || !child.command.includes(seed)) this.#during.set(child.pid, child);
    }
  }

  /** Those of them, and of what came of them since, that do not end by themselves. */
  async #settle(alive: ProcessInfo[]): Promise<ProcessInfo[]> {
    const deadline = performance.now() + (this.#options.settleMs ?? DEFAULT_SETTLE_MS);
    let left = alive;
    while (left.length > 0 && performance.now() < deadline) {
      await delay(LOOK_MS);
      left = await this.#host.descendants();
    }
    return left;
  }

  /** The plugin, and the folders that were made for it. */
  #isOurs({ folder, path }: LeftFile): boolean {
    const { plugin } = this.#place;
    return folder === 'cwd' && (path === plugin || plugin.startsWith(`${path}${sep}`));
  }
}

/** From milliseconds of `performance.now()` to those of `Date.now()`. */
function wallClock(ms: number): number {
  return Math.round(performance.timeOrigin + ms);
}
