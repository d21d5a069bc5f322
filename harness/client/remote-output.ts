import type { Readable } from 'node:stream';

/** How much of a plugin's synced output is kept, in bytes. */
const KEPT_BYTES = 256 * 1024;

/** What arrived over one of the stdout and stderr streams. Always drained; the beginning of it is kept. */
export class RemoteOutput {
  readonly #parts: Buffer[] = [];
  #kept = 0;
  #total = 0;

  constructor(stream: Readable) {
    stream.on('data', (chunk: Buffer) => {
      this.#total += chunk.length;
      const room = KEPT_BYTES - this.#kept;
      if (room <= 0) return;
      const part = chunk.subarray(0, room);
      this.#parts.push(part);
      this.#kept += part.length;
    });
    // The connection's own end tells what happened; a stream's error alone must not end the process.
    stream.on('error', () => {});
  }

  get totalBytes(): number {
    return this.#total;
  }

  text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}
