import type { Duplex } from 'node:stream';

/** How much output waits for a host to fetch it, in bytes: a pipe's worth, as in go-plugin. Older output goes first. */
const WAITING_BYTES = 64 * 1024;

/** One of stdout and stderr after the handshake: what is written goes to the host that connected last. */
export class OutputRelay {
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #stream: Duplex | undefined;

  /** Sends what waits, and all that follows, to this stream until it ends. */
  attach(stream: Duplex): void {
    this.#stream = stream;
    // The host sends nothing here; reading notices its end.
    stream.resume();
    stream.on('error', () => {});
    stream.on('close', () => {
      if (this.#stream === stream) this.#stream = undefined;
    });
    for (const chunk of this.#waiting) stream.write(chunk);
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  write(chunk: Buffer): void {
    if (this.#stream?.writable) {
      this.#stream.write(chunk);
      return;
    }
    this.#waiting.push(chunk);
    this.#waitingBytes += chunk.length;
    while (this.#waitingBytes > WAITING_BYTES) this.#waitingBytes -= this.#waiting.shift()?.length ?? this.#waitingBytes;
  }
}

/** Turns everything that this process writes to a standard stream over to the relay. */
export function redirect(stream: NodeJS.WriteStream, relay: OutputRelay): void {
  stream.write = (
    chunk: Uint8Array | string,
    encoding?: BufferEncoding | ((error?: Error | null) => void),
    callback?: (error?: Error | null) => void,
  ): boolean => {
    const done = typeof encoding === 'function' ? encoding : callback;
    relay.write(typeof chunk === 'string' ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8') : Buffer.from(chunk));
    if (done) process.nextTick(done);
    return true;
  };
}
