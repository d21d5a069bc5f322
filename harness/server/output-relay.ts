import type { Duplex } from 'node:stream';
import { ChunkQueue } from './chunk-queue.js';

/** What a pipe holds on Linux (pipe(7)): with more than this waiting, writers are told to wait. */
const PIPE_BYTES = 64 * 1024;

/** Most that waits for a host to read it, in bytes; then the oldest is dropped. A Go plugin would stand still. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

/** …and in how many pieces: a byte alone takes a hundred times its own room. */
const MAX_WAITING_CHUNKS = 64 * 1024;

/** One of stdout and stderr after the handshake: what is written goes to the host that connected last. */
export class OutputRelay {
  readonly #maxWaitingBytes: number;
  #streams: Duplex[] = [];
  readonly #waiting = new ChunkQueue();
  #dropped = 0;
  #blocked = false;
  #onDrain = (): void => {};

  constructor(maxWaitingBytes: number = MAX_WAITING_BYTES) {
    this.#maxWaitingBytes = maxWaitingBytes;
  }

  /** Called when writers that were told to wait may go on. */
  onDrain(listener: () => void): void {
    this.#onDrain = listener;
  }

  /** Sends what waits, and all that follows, to this stream until it ends. */
  attach(stream: Duplex): void {
    this.#streams.push(stream);
    // The host sends nothing here; reading notices its end.
    stream.resume();
    stream.on('error', () => {});
    stream.on('drain', () => this.#pump());
    stream.on('close', () => {
      this.#streams = this.#streams.filter((other) => other !== stream);
      this.#pump();
    });
    this.#pump();
  }

  /** @returns false when it would be better to wait until {@link onDrain} */
  write(chunk: Buffer): boolean {
    // An empty chunk would never be seen to leave.
    if (chunk.length > 0) this.#waiting.push(chunk);
    this.#pump();
    this.#drop();
    this.#blocked ||= this.#waiting.bytes > PIPE_BYTES;
    return !this.#blocked;
  }

  #pump(): void {
    const stream = this.#streams.findLast(({ writable }) => writable);
    if (stream) this.#send(stream);
    if (!this.#blocked || this.#waiting.bytes > 0) return;
    this.#blocked = false;
    this.#onDrain();
  }

  #send(stream: Duplex): void {
    while (this.#waiting.bytes > 0 && !stream.writableNeedDrain) {
      if (this.#dropped > 0) stream.write(`[… ${this.#dropped} bytes dropped: nobody read them …]\n`);
      this.#dropped = 0;
      stream.write(this.#waiting.shift());
    }
  }

  #drop(): void {
    const waiting = this.#waiting;
    while (waiting.bytes > this.#maxWaitingBytes || waiting.count > MAX_WAITING_CHUNKS) {
      this.#dropped += waiting.shift().length;
    }
  }
}
