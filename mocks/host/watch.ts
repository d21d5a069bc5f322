import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '../../harness/client/index.js';
import type { ExitStatus, LaunchedProcess } from '../../harness/launch/index.js';
import { startPings, type PingOptions } from './pings.js';
import type { CrashReason } from './state.js';

/**
 * A process that ends loses its connection first, and the kernel tells of its end a moment later (do_exit, exit_files
 * before exit_notify). For so long a lost connection may turn out to be the end of the process.
 */
export const EXIT_MAY_FOLLOW_MS = 250;

/** How often the connections are looked at which may die while the session lives, in ms. */
const LOOK_MS = 250;

/** Notices that a plugin is over: by its process, its connection, or its silence. */
export class Watch {
  /** Resolves with what was noticed first. */
  readonly over: Promise<CrashReason>;
  readonly #process: LaunchedProcess;
  readonly #connection: Connection;
  #tell!: (reason: CrashReason) => void;
  #stopPings = (): void => {};
  #looking: NodeJS.Timeout | undefined;

  constructor(process: LaunchedProcess, connection: Connection) {
    this.#process = process;
    this.#connection = connection;
    this.over = new Promise((resolve) => {
      this.#tell = (reason) => {
        this.stopPings();
        resolve(reason);
      };
    });
    void process.exit.then((status) => this.#tell(exitReason(status)));
    void connection.closed.then(({ reason, error }) => {
      this.lost(error?.message ?? `The session ended: ${reason}.`);
    });
  }

  /**
   * Pings over the control connection.
   *
   * @param lost - what is wrong with the plugin's own connection, which may die alone
   */
  startPings(options: PingOptions, lost: () => Error | undefined): void {
    this.#looking = setInterval(() => {
      const error = lost() ?? this.#connection.control.lost;
      if (error) this.lost(error.message);
    }, LOOK_MS).unref();
    this.#stopPings = startPings((timeoutMs) => this.#connection.ping(timeoutMs), options, {
      onHang: (text) => this.#tell({ kind: 'hang', text }),
      onLost: (error) => this.lost(error.message),
    });
  }

  stopPings(): void {
    this.#stopPings();
    clearInterval(this.#looking);
  }

  /** Somebody saw a connection of the plugin end. */
  lost(text: string): void {
    void this.#lost(text);
  }

  async #lost(text: string): Promise<void> {
    // A plugin that ends in order closes its streams one by one before its session, and that before it exits.
    await Promise.race([this.#process.exit, delay(EXIT_MAY_FOLLOW_MS, undefined, { ref: false })]);
    // Should we have been busy, the news of the exit is waiting in this turn of the event loop.
    await nextTurn();
    this.#tell({ kind: 'connection', text });
  }
}

export function exitReason({ code, signal }: ExitStatus): CrashReason {
  const text =
    signal === null ? `The process exited with code ${code}.` : `The process was ended by ${signal}.`;
  return { kind: 'exit', code, signal, text };
}
