import { HEADER_BYTES } from '../../yamux/constants.js';
import type { Piece } from './cut-frames.js';

/** The service that every dispensed plugin is (go-plugin rpc_server.go). */
const SERVICE = 'Plugin.';
/** gob writes a length below this as one byte (encoding/gob, encodeUint); longer method names are not found. */
const MAX_LENGTH = 128;
/** Different names that are counted; a host has as many as its plugins have methods. */
const MAX_METHODS = 10_000;

/**
 * Finds the requests in what comes from a host, by the text in the header of each: gob writes `Plugin.Name` behind its
 * length. They are found across the pieces of one frame.
 */
export class RequestFinder {
  readonly #onRequest: (method: string, streamId: number) => void;
  #carry: Buffer = Buffer.alloc(0);

  constructor(onRequest: (method: string, streamId: number) => void) {
    this.#onRequest = onRequest;
  }

  add(piece: Piece): void {
    if (!piece.header) return;
    const bytes = piece.first
      ? piece.bytes.subarray(HEADER_BYTES)
      : Buffer.concat([this.#carry, piece.bytes]);
    // The length, and all of the service's name but its last character, may stand before the border.
    let carryFrom = Math.max(0, bytes.length - SERVICE.length);
    for (let at = bytes.indexOf(SERVICE); at >= 0; at = bytes.indexOf(SERVICE, at + SERVICE.length)) {
      const length = at > 0 ? bytes.readUInt8(at - 1) : 0;
      if (length >= MAX_LENGTH) continue;
      if (at + length > bytes.length) {
        carryFrom = at - 1;
        break;
      }
      carryFrom = Math.max(carryFrom, at + SERVICE.length);
      const method = bytes.toString('latin1', at + SERVICE.length, at + length);
      if (/^\w+$/.test(method)) this.#onRequest(method, piece.header.streamId);
    }
    this.#carry = bytes.subarray(carryFrom);
  }
}

interface Waiter {
  readonly method: string;
  readonly count: number;
  readonly resolve: () => void;
}

/** Counts requests by their methods. */
export class RequestTally {
  readonly #counts = new Map<string, number>();
  #waiters: Waiter[] = [];

  /** Counts anew. */
  reset(): void {
    this.#counts.clear();
  }

  add(method: string): void {
    if (!this.#counts.has(method) && this.#counts.size >= MAX_METHODS) return;
    this.#counts.set(method, (this.#counts.get(method) ?? 0) + 1);
    this.#settle();
  }

  /** Resolves when so many requests were counted. */
  reached(method: string, count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#waiters.push({ method, count, resolve });
      this.#settle();
    });
  }

  #settle(): void {
    const reached = ({ method, count }: Waiter): boolean => (this.#counts.get(method) ?? 0) >= count;
    for (const waiter of this.#waiters.filter(reached)) waiter.resolve();
    this.#waiters = this.#waiters.filter((waiter) => !reached(waiter));
  }
}
