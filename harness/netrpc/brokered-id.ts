import type { YamuxStream } from '../yamux/index.js';

/** A brokered stream begins with its id: uint32, little endian; the accepting side echoes it (mux_broker.go). */
const ID_BYTES = 4;

export function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(ID_BYTES);
  bytes.writeUInt32LE(id);
  return bytes;
}

/**
 * Reads the four bytes and leaves what follows them in the stream.
 *
 * @throws Error when the stream ends before, or the time is over
 */
export function readId(stream: YamuxStream, timeoutMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      stream.off('readable', onReadable).off('end', onEnd).off('close', onEnd);
    };
    const fail = (text: string): void => {
      stop();
      reject(new Error(text, { cause: stream.errored }));
    };
    const onEnd = (): void => fail(stream.errored?.message ?? 'the stream was closed');
    const onReadable = (): void => {
      const bytes = stream.read(ID_BYTES) as Buffer | null;
      if (bytes === null) return;
      // At the end of the stream there may be fewer.
      if (bytes.length < ID_BYTES) {
        fail(`the stream ended after ${bytes.length} of ${ID_BYTES} bytes`);
        return;
      }
      stop();
      resolve(bytes.readUInt32LE());
    };
    const timer = setTimeout(() => fail(`no answer within ${timeoutMs} ms`), timeoutMs);
    stream.on('readable', onReadable).on('end', onEnd).on('close', onEnd);
    onReadable();
  });
}
