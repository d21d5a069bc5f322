import { MAX_UINT32 } from './constants.js';
import { YamuxError } from './errors.js';

interface PendingPing {
  readonly sentAt: number;
  readonly timer: NodeJS.Timeout;
  readonly resolve: (ms: number) => void;
  readonly reject: (error: YamuxError) => void;
}

/** Our own pings: numbers them, and waits for their answers. */
export class Pings {
  readonly #limit: number;
  readonly #pending = new Map<number, PendingPing>();
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Sends one by `send(number)`; resolves to the round trip in milliseconds. */
  start(timeoutMs: number, send: (number: number) => void): Promise<number> {
    if (this.#pending.size >= this.#limit) {
      return Promise.reject(
        new YamuxError(
          'YAMUX_TOO_MANY_PINGS',
          `${this.#pending.size} yamux pings wait for an answer, the limit is ${this.#limit} (maxPings).`,
        ),
      );
    }
    const number = this.#next;
    this.#next = number === MAX_UINT32 ? 0 : number + 1;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(number);
        reject(
          new YamuxError(
            'YAMUX_PING_TIMEOUT',
            `The peer did not answer yamux ping #${number} within ${timeoutMs} ms: it hangs, is stopped, or is overloaded.`,
          ),
        );
      }, timeoutMs);
      this.#pending.set(number, { sentAt: performance.now(), timer, resolve, reject });
      send(number);
    });
  }

  /** An answer came. One that nobody waits for (any longer) is ignored, as Go does. */
  answered(number: number): void {
    const ping = this.#pending.get(number);
    if (!ping) return;
    this.#pending.delete(number);
    clearTimeout(ping.timer);
    ping.resolve(performance.now() - ping.sentAt);
  }

  /** No answer can come any more. */
  end(error: YamuxError): void {
    for (const { timer, reject } of this.#pending.values()) {
      clearTimeout(timer);
      reject(error);
    }
    this.#pending.clear();
  }
}
