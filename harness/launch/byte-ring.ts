const FIRST_CAPACITY = 4096;

/** Keeps the last bytes that were pushed, up to a limit; its memory grows with what is kept, never past it. */
export class ByteRing {
  #buffer = Buffer.alloc(0);
  /** Where the next byte goes, once the buffer has its full size. */
  #next = 0;
  #length = 0;
  #pushed = 0;
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many bytes were pushed and are no longer kept. */
  get dropped(): number {
    return this.#pushed - this.#length;
  }

  push(bytes: Buffer): void {
    this.#pushed += bytes.length;
    const kept = bytes.subarray(Math.max(0, bytes.length - this.#limit));
    this.#makeRoom(kept.length);
    const first = kept.subarray(0, this.#buffer.length - this.#next);
    first.copy(this.#buffer, this.#next);
    kept.copy(this.#buffer, 0, first.length);
    if (this.#buffer.length > 0) this.#next = (this.#next + kept.length) % this.#buffer.length;
    this.#length = Math.min(this.#buffer.length, this.#length + kept.length);
  }

  /** A copy, the oldest byte first. */
  contents(): Buffer {
    const start = this.#next - this.#length;
    if (start >= 0) return Buffer.from(this.#buffer.subarray(start, this.#next));
    return Buffer.concat([this.#buffer.subarray(start), this.#buffer.subarray(0, this.#next)]);
  }

  #makeRoom(bytes: number): void {
    if (this.#buffer.length === this.#limit || this.#length + bytes <= this.#buffer.length) return;
    const wanted = Math.max(FIRST_CAPACITY, 2 * (this.#length + bytes));
    const grown = Buffer.alloc(Math.min(this.#limit, wanted));
    const kept = this.contents();
    kept.copy(grown);
    this.#buffer = grown;
    this.#next = kept.length % Math.max(1, grown.length);
  }
}
