import { MAX_UINT32 } from './constants.js';
import { YamuxError } from './errors.js';

/** Ids for the streams that one side opens: odd for the client, even for the server, 0 is the session's. */
export class StreamIds {
  #next: number;

  constructor(role: 'client' | 'server', first: number = role === 'client' ? 1 : 2) {
    this.#next = first;
  }

  /**
   * The next id that is not `taken`: Go does not look at the parity of the peer's ids, so any may be.
   *
   * @throws {YamuxError} `YAMUX_STREAMS_EXHAUSTED` where Go stops too (session.go, OpenStream)
   */
  next(taken: (id: number) => boolean): number {
    while (taken(this.#next)) this.#next += 2;
    if (this.#next >= MAX_UINT32 - 1) {
      throw new YamuxError(
        'YAMUX_STREAMS_EXHAUSTED',
        `All ids of this side of the yamux session are used up (next: ${this.#next}). Open a new session.`,
      );
    }
    const id = this.#next;
    this.#next += 2;
    return id;
  }
}
