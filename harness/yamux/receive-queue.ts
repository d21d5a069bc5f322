/** Size of the blocks that small payloads are gathered in, in bytes. */
const BLOCK_BYTES = 16 * 1024;

/** A payload at least this long may be kept as it is, in bytes. */
const KEEP_BYTES = 4 * 1024;

/**
 * Bytes of one stream that its reader has not asked for, at most the receive window.
 *
 * A payload is a view of a transport chunk and keeps the whole of it alive. Small ones, and those that are less than
 * half of their memory, are copied together: a peer cannot make us hold 64 KiB a byte, or an object a byte.
 */
export class ReceiveQueue {
  #parts: Uint8Array[] = [];
  /** Where small payloads go; used until full, whatever is taken between. */
  #block: Buffer = Buffer.alloc(0);
  /** First byte of `#block` that is not in a part. */
  #start = 0;
  /** First free byte of `#block`. */
  #free = 0;
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  add(payload: Uint8Array): void {
    this.#bytes += payload.length;
    if (payload.length >= KEEP_BYTES && payload.length * 2 >= payload.buffer.byteLength) {
      this.#seal();
      this.#parts.push(payload);
      return;
    }
    let done = 0;
    while (done < payload.length) {
      if (this.#free === this.#block.length) {
        this.#seal();
        this.#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
        this.#start = this.#free = 0;
      }
      const piece = payload.subarray(done, done + this.#block.length - this.#free);
      this.#block.set(piece, this.#free);
      this.#free += piece.length;
      done += piece.length;
    }
  }

  /** The oldest bytes, as many as lie together; `undefined` when there are none. */
  take(): Uint8Array | undefined {
    if (this.#parts.length === 0) this.#seal();
    const part = this.#parts.shift();
    this.#bytes -= part?.length ?? 0;
    return part;
  }

  clear(): void {
    this.#parts = [];
    this.#block = Buffer.alloc(0);
    this.#start = this.#free = this.#bytes = 0;
  }

  #seal(): void {
    if (this.#free > this.#start) this.#parts.push(this.#block.subarray(this.#start, this.#free));
    this.#start = this.#free;
  }
}
