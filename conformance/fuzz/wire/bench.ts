import type { Subject } from '../../subject/index.js';
import type { Patience } from './play.js';
import { Seat, type WireOutcome } from './seat.js';
import type { WireCase } from './wire-case.js';

/** Tries one case after the other, on the same process as long as it withstands them. */
export class Bench {
  readonly #subject: Subject;
  readonly #patience: Patience;
  #seat: Seat | undefined;

  constructor(subject: Subject, patience: Patience) {
    this.#subject = subject;
    this.#patience = patience;
  }

  /** @param timeoutMs - how long a new host waits for its answers */
  async try(cases: readonly WireCase[], timeoutMs: number): Promise<WireOutcome> {
    this.#seat ??= await Seat.take(this.#subject);
    const seat = this.#seat;
    for (const each of cases) await seat.suffer(each, this.#patience);
    let outcome = await seat.judge(timeoutMs);
    if (outcome.kind === 'held') {
      // Some take a moment to die.
      await seat.linger(LAST_MOMENT_MS);
      if (seat.plugin.process.exited) outcome = await seat.judge(timeoutMs);
    }
    if (outcome.kind !== 'held') await this.renew();
    return outcome;
  }

  /** The next case meets a process that has seen nothing. */
  async renew(): Promise<void> {
    const seat = this.#seat;
    this.#seat = undefined;
    await seat?.leave();
  }
}

/** How long after a new host was served the process may still turn out to be dying, in ms. */
const LAST_MOMENT_MS = 25;
