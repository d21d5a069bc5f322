import type { RestartPolicy } from './options.js';

/** Decides when a plugin that crashed is started again: not at once, and not for ever. */
export class Restarts {
  readonly #policy: RestartPolicy | undefined;
  #inARow = 0;
  #runningSince: number | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param policy - `undefined`: never */
  constructor(policy: RestartPolicy | undefined) {
    this.#policy = policy;
  }

  /** The plugin is Running from now on. */
  running(): void {
    this.#runningSince = performance.now();
  }

  /**
   * The plugin crashed, or did not start again.
   *
   * @param restart - called after the backoff, unless this is called off
   * @returns what there is to be said when the plugin was started again as often as it may be
   */
  next(restart: () => void): string | undefined {
    if (!this.#policy) return undefined;
    const { limit, backoffMs, maxBackoffMs, quietMs } = this.#policy;
    if (this.#runningSince !== undefined && performance.now() - this.#runningSince >= quietMs)
      this.#inARow = 0;
    this.#runningSince = undefined;
    if (this.#inARow >= limit)
      return `It was started again ${limit} times in a row, which is the limit, and is not started any more.`;
    this.#timer = setTimeout(restart, Math.min(maxBackoffMs, backoffMs * 2 ** this.#inARow));
    this.#inARow += 1;
    return undefined;
  }

  /** Calls off a restart that is still to come, and begins to count anew. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#inARow = 0;
  }
}
