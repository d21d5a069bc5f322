import { RelayError } from './errors.js';
import type { RelayRun } from './relay-run.js';

interface Waiter {
  readonly take: (arrival: RelayRun | RelayError) => void;
}

/** Launches in their order, for those who ask in theirs. */
export class Arrivals {
  readonly #arrived: (RelayRun | RelayError)[] = [];
  readonly #waiters: Waiter[] = [];
  #count = 0;
  #end: RelayError | undefined;

  add(arrival: RelayRun | RelayError): void {
    this.#count += 1;
    const waiter = this.#waiters.shift();
    if (waiter) waiter.take(arrival);
    else this.#arrived.push(arrival);
  }

  next(timeoutMs: number): Promise<RelayRun> {
    const arrival = this.#arrived.shift() ?? this.#end;
    if (arrival) return arrival instanceof RelayError ? Promise.reject(arrival) : Promise.resolve(arrival);
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        take: (late) => {
          clearTimeout(timer);
          if (late instanceof RelayError) reject(late);
          else resolve(late);
        },
      };
      const timer = setTimeout(() => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1);
        const text = `Nobody launched the relay within ${timeoutMs} ms; so far it was launched ${this.#count} times.`;
        reject(new RelayError('RELAY_TIMEOUT', text));
      }, timeoutMs);
      this.#waiters.push(waiter);
    });
  }

  /** Whoever waits, or asks later, gets the error. */
  end(error: RelayError): void {
    this.#end = error;
    for (const waiter of this.#waiters.splice(0)) waiter.take(error);
  }
}
