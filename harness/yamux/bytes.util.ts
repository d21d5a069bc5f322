import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

export const MIB = 1024 * 1024;

/** Different bytes for each seed, the same for the same one. */
function* bytes(total: number, seed: number): Generator<Buffer> {
  let state = (seed + 1) * 2_654_435_761;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0);
  const block = Buffer.alloc(200_003);
  for (let i = 0; i < block.length; i++) block[i] = next() >>> 24;
  for (let left = total; left > 0;) {
    // Odd sizes, so that frames and writes do not fall together.
    const part = block.subarray(0, Math.min(left, 1 + (next() % block.length)));
    left -= part.length;
    yield part;
  }
}

/** A source of `total` bytes; `sha256` is right when it was read to its end. */
export function source(total: number, seed: number): { readonly readable: Readable; sha256(): string } {
  const hash = createHash('sha256');
  const readable = Readable.from(
    (function* () {
      for (const part of bytes(total, seed)) {
        hash.update(part);
        yield part;
      }
    })(),
    { objectMode: false },
  );
  return { readable, sha256: () => hash.digest('hex') };
}

/** Reads to the end; waits `pauseMs` between chunks. */
export async function drain(stream: Readable, pauseMs = 0): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let total = 0;
  // A plain `for await` destroys the stream when it ends, also for writing.
  for await (const chunk of stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    total += chunk.length;
    if (pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return { bytes: total, sha256: hash.digest('hex') };
}
