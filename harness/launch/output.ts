import { ByteRing } from './byte-ring.js';

/** Called with bytes as they came, and the place of the first of them in the whole stream. */
export type ChunkListener = (chunk: Buffer, offset: number) => void;

/** What a process wrote to stdout or stderr. The stream is always drained; only its start and end are kept. */
export interface OutputCapture {
  /**
   * The listener first gets what is kept of the start, then everything that comes, and nothing while onChunk
   * itself runs. The offset shows a gap, if more came before the call than is kept.
   *
   * @returns takes the listener away again
   */
  onChunk(listener: ChunkListener): () => void;
  /** The first bytes, as far as they are kept. */
  head(): Buffer;
  /** The last bytes, as far as they are kept. */
  tail(): Buffer;
  /** All that is kept, as text; a line says where how many bytes were dropped. */
  text(): string;
  readonly totalBytes: number;
  /** In bytes without its line feed; an unfinished last line counts. */
  readonly longestLine: number;
  /** No more will come: end of file, or we closed our end. */
  readonly ended: boolean;
  /** Resolves when {@link ended} becomes true. */
  readonly end: Promise<void>;
}

export interface KeptBytes {
  /** How much of the start is kept. */
  readonly head?: number;
  /** How much of the end is kept, apart from the start. */
  readonly tail?: number;
}

/** Twice the longest line that a go-plugin host reads (bufio.Scanner's 64 KiB, client.go:802). */
const DEFAULT_HEAD_BYTES = 128 * 1024;
const DEFAULT_TAIL_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;

/** An {@link OutputCapture} and the side on which it is filled. */
export class OutputRecorder implements OutputCapture {
  totalBytes = 0;
  longestLine = 0;
  ended = false;
  readonly end: Promise<void>;
  #resolveEnd!: () => void;
  #currentLine = 0;
  readonly #head: ByteRing;
  readonly #rest: ByteRing;
  readonly #limits: Required<KeptBytes>;
  readonly #listeners = new Set<ChunkListener>();

  constructor({ head = DEFAULT_HEAD_BYTES, tail = DEFAULT_TAIL_BYTES }: KeptBytes = {}) {
    this.#limits = { head, tail };
    this.#head = new ByteRing(head);
    this.#rest = new ByteRing(tail);
    this.end = new Promise((resolve) => {
      this.#resolveEnd = resolve;
    });
  }

  push(chunk: Buffer): void {
    const offset = this.totalBytes;
    this.totalBytes += chunk.length;
    this.#measureLines(chunk);
    const first = chunk.subarray(0, Math.max(0, this.#limits.head - offset));
    this.#head.push(first);
    this.#rest.push(chunk.subarray(first.length));
    for (const listener of this.#listeners) listener(chunk, offset);
  }

  finish(): void {
    this.ended = true;
    this.#resolveEnd();
  }

  onChunk(listener: ChunkListener): () => void {
    let wanted = true;
    queueMicrotask(() => {
      if (!wanted) return;
      this.#listeners.add(listener);
      if (this.totalBytes > 0) listener(this.head(), 0);
    });
    return () => {
      wanted = false;
      this.#listeners.delete(listener);
    };
  }

  head(): Buffer {
    return this.#head.contents();
  }

  tail(): Buffer {
    const rest = this.#rest.contents();
    const last = this.#dropped === 0 ? Buffer.concat([this.head(), rest]) : rest;
    return last.subarray(Math.max(0, last.length - this.#limits.tail));
  }

  text(): string {
    const rest = this.#rest.contents();
    if (this.#dropped === 0) return Buffer.concat([this.head(), rest]).toString();
    return `${this.head().toString()}\n[… ${this.#dropped} bytes dropped …]\n${rest.toString()}`;
  }

  get #dropped(): number {
    return this.#rest.dropped;
  }

  #measureLines(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      this.longestLine = Math.max(this.longestLine, this.#currentLine + end - start);
      this.#currentLine = 0;
      start = end + 1;
    }
    this.#currentLine += chunk.length - start;
    this.longestLine = Math.max(this.longestLine, this.#currentLine);
  }
}
