import { Duplex } from 'node:stream';

/** Bytes that a stream takes before `write()` answers false. */
const WRITE_HIGH_WATER = 64 * 1024;

export type WriteDone = (error?: Error | null) => void;

/** What a stream asks of the protocol below it. */
export interface StreamSource {
  /** The reader wants bytes. */
  wanted(): void;
  /** The reader may have taken bytes. */
  consumed(): void;
  write(bytes: Uint8Array, done: WriteDone): void;
  end(done: WriteDone): void;
  destroyed(error: Error | null): void;
}

/**
 * One yamux stream: a half-closable Duplex with flow control in both directions.
 *
 * `end()` half-closes it (FIN); the peer's FIN is `'end'`. `destroy()` resets it (RST) unless both sides have ended.
 * The peer's reset destroys it with a {@link YamuxError} `YAMUX_STREAM_RESET`, the end of the session with
 * `YAMUX_SESSION_ENDED`, after the bytes that did come were read.
 *
 * As with any Duplex, a `for await` over it destroys it when it is done, also for writing; one over
 * `iterator({ destroyOnReturn: false })` does not.
 *
 * No peer can end our process by resetting a stream: an error that nobody listens for is found in `errored`, and in
 * the callbacks and iterators of this stream, and does not become an uncaught exception.
 */
export class YamuxStream extends Duplex {
  /** Odd when the client opened it, even when the server did. */
  readonly id: number;
  /**
   * Resolves when the peer accepts the stream (for incoming ones: when they were delivered); rejects with the
   * stream's error when it ends before that. May be left alone: it never becomes an unhandled rejection.
   */
  readonly acknowledged: Promise<void>;
  readonly #source: StreamSource;

  /** Streams are made by a session: see `YamuxSession.open` and its `'stream'` event. */
  constructor(id: number, acknowledged: Promise<void>, source: StreamSource) {
    // Read-ahead belongs to the receive window, not to a second buffer: at most one block lies in the Readable.
    super({ readableHighWaterMark: 1, writableHighWaterMark: WRITE_HIGH_WATER });
    this.id = id;
    this.acknowledged = acknowledged;
    this.#source = source;
    this.on('error', () => {});
  }

  /** Ends the stream at once, both ways. Unread and unsent bytes are lost. */
  reset(): void {
    this.destroy();
  }

  // Every way to consume a Readable ends here (flowing, iterating, piping) or in push(): the window is given back after it.
  override read(size?: number): unknown {
    const bytes: unknown = super.read(size);
    this.#source.consumed();
    return bytes;
  }

  override _read(): void {
    this.#source.wanted();
  }

  override _write(chunk: Uint8Array, _encoding: BufferEncoding, done: WriteDone): void {
    this.#source.write(chunk, done);
  }

  override _writev(chunks: { chunk: Uint8Array }[], done: WriteDone): void {
    this.#source.write(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: WriteDone): void {
    this.#source.end(done);
  }

  override _destroy(error: Error | null, done: WriteDone): void {
    this.#source.destroyed(error);
    done(error);
  }
}
