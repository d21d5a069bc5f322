import { LAST_ONE_BYTE_UINT, UINT_MAX_BYTES } from './constants.js';
import { GobError } from './errors.js';
import { limitError, type GobLimits } from './limits.js';

/** An emptied buffer that is larger is not kept. */
const KEPT_BYTES = 64 * 1024;

const NOTHING: Buffer = Buffer.alloc(0);

/**
 * Cuts a stream into messages: an unsigned length and as many bytes. Holds back what is not complete, and grows with
 * what has come, not with what a length claims.
 */
export class MessageSplitter {
  /** Where the message lies that {@link next} found. Only until the next call of anything. */
  bytes: Buffer = NOTHING;
  start = 0;
  end = 0;
  readonly #limits: GobLimits;
  #store: Buffer = NOTHING;
  /** The bytes not cut yet lie in `bytes` from here to there. */
  #from = 0;
  #to = 0;

  constructor(limits: GobLimits) {
    this.#limits = limits;
  }

  /** How many bytes of an incomplete message there are. */
  get pending(): number {
    return this.#to - this.#from;
  }

  add(chunk: Uint8Array): void {
    if (this.pending === 0) {
      // Messages that are all in the chunk are read from there.
      this.bytes = Buffer.isBuffer(chunk)
        ? chunk
        : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      this.#from = 0;
      this.#to = chunk.length;
    } else {
      this.#reserve(chunk.length);
      this.#store.set(chunk, this.#to);
      this.#to += chunk.length;
    }
  }

  /**
   * Moves on to the next message, if it is complete.
   *
   * @throws GobError `GOB_MALFORMED`, `GOB_LIMIT` as soon as the length tells
   */
  next(): boolean {
    const { pending } = this;
    if (pending === 0) return false;
    const first = this.bytes[this.#from] as number;
    const width = first <= LAST_ONE_BYTE_UINT ? 0 : 0x100 - first;
    if (width > UINT_MAX_BYTES) {
      throw new GobError(
        'GOB_MALFORMED',
        `gob: a message's length claims ${width} bytes, at most ${UINT_MAX_BYTES} make one`,
      );
    }
    if (pending < 1 + width) return false;

    let length = width === 0 ? first : 0;
    for (let i = 1; i <= width; i++) length = length * 256 + (this.bytes[this.#from + i] as number);
    if (length > this.#limits.maxMessageBytes)
      throw limitError("a message's length", length, 'maxMessageBytes', this.#limits);
    if (length === 0)
      throw new GobError('GOB_MALFORMED', 'gob: a message of no bytes came: it has no type id');
    if (pending < 1 + width + length) return false;

    this.start = this.#from + 1 + width;
    this.end = this.start + length;
    this.#from = this.end;
    return true;
  }

  /** Takes the bytes not cut yet over into a buffer of our own: the chunk is the caller's again. */
  keep(): void {
    if (this.pending === 0) {
      this.#from = 0;
      this.#to = 0;
      if (this.#store.length > KEPT_BYTES) this.#store = NOTHING;
    } else if (this.bytes !== this.#store) {
      const rest = this.bytes.subarray(this.#from, this.#to);
      this.#from = 0;
      this.#to = 0;
      this.#reserve(rest.length);
      this.#store.set(rest);
      this.#to = rest.length;
    }
    this.bytes = this.#store;
  }

  /** Makes room behind the bytes not cut yet, at an amortized cost of O(1) a byte. */
  #reserve(more: number): void {
    const { pending } = this;
    if (this.#to + more <= this.#store.length) return;
    const target =
      pending + more <= this.#store.length / 2 ? this.#store : Buffer.allocUnsafeSlow((pending + more) * 2);
    this.#store.copy(target, 0, this.#from, this.#to);
    this.#store = target;
    this.bytes = target;
    this.#from = 0;
    this.#to = pending;
  }
}
