/** Emptied places at the front are given back in lots of at least so many. */
const COMPACT_FROM = 1024;

const NOTHING = Buffer.alloc(0);

/** Chunks in the order in which they came. An array's own shift() moves all that is behind it. */
export class ChunkQueue {
  #chunks: Buffer[] = [];
  #first = 0;
  #bytes = 0;

  /** Of all chunks together. */
  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#chunks.length - this.#first;
  }

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
  }

  /** Takes the oldest; empty when there is none. */
  shift(): Buffer {
    const chunk = this.#chunks[this.#first];
    if (chunk === undefined) return NOTHING;
    this.#chunks[this.#first] = NOTHING;
    this.#first += 1;
    this.#bytes -= chunk.length;
    if (this.#first >= COMPACT_FROM && 2 * this.#first >= this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
    return chunk;
  }
}
