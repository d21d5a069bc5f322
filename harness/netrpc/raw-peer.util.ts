import type { Duplex } from 'node:stream';

import { Decoder, Encoder, type Decoded, type GobType } from '../gob/index.js';
import type { Value } from '../value/index.js';
import { socketPair } from '../yamux/transport.util.js';

/** The other end of a connection, that sends what it likes. */
export class RawPeer {
  readonly stream: Duplex;
  /** Every value that came: headers and bodies in turn. */
  readonly received: Decoded[] = [];
  readonly #encoder = new Encoder();
  readonly #decoder = new Decoder();
  #wake = (): void => {};

  constructor(stream: Duplex) {
    this.stream = stream;
    stream.on('error', () => {});
    stream.on('data', (chunk: Buffer) => {
      this.received.push(...this.#decoder.push(chunk));
      this.#wake();
    });
  }

  /** The bytes of some values, as the next of our stream. */
  encode(...values: readonly (readonly [type: GobType, value: Value])[]): Buffer {
    return Buffer.from(this.#encoder.encodeAll(values));
  }

  send(...values: readonly (readonly [type: GobType, value: Value])[]): void {
    this.stream.write(this.encode(...values));
  }

  /** Waits until so many values have come. */
  async has(count: number): Promise<readonly Decoded[]> {
    while (this.received.length < count) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.received;
  }
}

/** One end for us and one for a raw peer. */
export async function withRawPeer(): Promise<{ ours: Duplex; peer: RawPeer }> {
  const [ours, far] = await socketPair();
  return { ours, peer: new RawPeer(far) };
}
