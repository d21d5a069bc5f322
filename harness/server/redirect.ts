import type { OutputRelay } from './output-relay.js';

type Done = (error?: Error | null) => void;

/** Turns everything that this process writes to a standard stream over to the relay. */
export function redirect(stream: NodeJS.WriteStream, relay: OutputRelay): void {
  relay.onDrain(() => stream.emit('drain'));
  stream.write = (chunk: Uint8Array | string, encoding?: BufferEncoding | Done, callback?: Done): boolean => {
    const done = typeof encoding === 'function' ? encoding : callback;
    // A copy: the caller may use its buffer again.
    const bytes =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? encoding : 'utf8')
        : Buffer.from(chunk);
    const room = relay.write(bytes);
    if (done) process.nextTick(done);
    return room;
  };
}
