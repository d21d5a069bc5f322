import type { YamuxSession, YamuxStream } from '../yamux/index.js';
import { RpcError } from './errors.js';

/** How long each side of a brokered connection waits for the other, in ms (mux_broker.go, `Accept`). */
export const BROKER_TIMEOUT_MS = 5_000;

/** A brokered stream begins with its id: uint32, little endian; the accepting side echoes it (mux_broker.go). */
const ID_BYTES = 4;

interface Waiter {
  readonly resolve: (stream: YamuxStream) => void;
  readonly timer: NodeJS.Timeout;
}

/** go-plugin's MuxBroker: further connections over one yamux session, found by a number that travels in a call. */
export class MuxBroker {
  readonly #session: YamuxSession;
  readonly #waiting = new Map<number, Waiter>();
  readonly #arrived = new Map<number, { stream: YamuxStream; timer: NodeJS.Timeout }>();
  #nextId = 0;

  constructor(session: YamuxSession) {
    this.#session = session;
  }

  /** An id that this side has not used yet. */
  nextId(): number {
    this.#nextId = (this.#nextId + 1) >>> 0;
    return this.#nextId;
  }

  /** Takes in a stream that the peer opened: reads its id and hands it to whoever accepts that id. */
  handle(stream: YamuxStream): void {
    readId(stream).then(
      (id) => {
        const waiter = this.#waiting.get(id);
        if (waiter) {
          this.#waiting.delete(id);
          clearTimeout(waiter.timer);
          waiter.resolve(stream);
          return;
        }
        // The peer may be quicker than our accept; an id that is in use already is not ours to give away.
        if (this.#arrived.has(id)) {
          stream.destroy();
          return;
        }
        const timer = setTimeout(() => {
          this.#arrived.delete(id);
          stream.destroy();
        }, BROKER_TIMEOUT_MS);
        this.#arrived.set(id, { stream, timer });
      },
      () => {
        stream.destroy();
      },
    );
  }

  /**
   * Waits for the peer to dial `id`.
   *
   * @throws RpcError RPC_BROKER when nobody dials within {@link BROKER_TIMEOUT_MS}.
   */
  async accept(id: number): Promise<YamuxStream> {
    const stream = await this.#take(id);
    stream.write(idBytes(id));
    return stream;
  }

  /**
   * Opens the connection that the peer accepts under `id`.
   *
   * @throws RpcError RPC_BROKER when the peer does not acknowledge it, or acknowledges another id.
   */
  async dial(id: number): Promise<YamuxStream> {
    const stream = this.#session.open();
    // What goes wrong with the stream is told by the read below; alone it must not end the process.
    stream.on('error', () => {});
    stream.write(idBytes(id));
    let ack: number;
    try {
      ack = await readId(stream);
    } catch (error) {
      stream.destroy();
      throw new RpcError('RPC_BROKER', `Nobody accepted broker id ${id}: ${(error as Error).message}`, { cause: error });
    }
    if (ack === id) return stream;
    stream.destroy();
    throw new RpcError('RPC_BROKER', `The peer acknowledged broker id ${ack} where ${id} was dialled.`);
  }

  /** Ends what still waits: accepts and streams that nobody took. */
  close(): void {
    for (const { timer } of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
    for (const { stream, timer } of this.#arrived.values()) {
      clearTimeout(timer);
      stream.destroy();
    }
    this.#arrived.clear();
  }

  #take(id: number): Promise<YamuxStream> {
    const arrived = this.#arrived.get(id);
    if (arrived) {
      this.#arrived.delete(id);
      clearTimeout(arrived.timer);
      return Promise.resolve(arrived.stream);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new RpcError('RPC_BROKER', `Nobody dialled broker id ${id} within ${BROKER_TIMEOUT_MS} ms.`));
      }, BROKER_TIMEOUT_MS);
      this.#waiting.set(id, { resolve, timer });
    });
  }
}

function idBytes(id: number): Buffer {
  const bytes = Buffer.alloc(ID_BYTES);
  bytes.writeUInt32LE(id);
  return bytes;
}

/** Reads the four bytes and leaves what follows them in the stream. */
function readId(stream: YamuxStream): Promise<number> {
  return new Promise((resolve, reject) => {
    const finish = (error?: Error): void => {
      clearTimeout(timer);
      stream.off('readable', onReadable).off('end', onEnd).off('error', finish).off('close', onEnd);
      if (error) reject(error);
    };
    const onEnd = (): void => {
      finish(new Error('the stream was closed'));
    };
    const onReadable = (): void => {
      const bytes = stream.read(ID_BYTES) as Buffer | null;
      if (bytes === null) return;
      finish();
      if (bytes.length < ID_BYTES) reject(new Error(`the stream ended after ${bytes.length} of ${ID_BYTES} bytes`));
      else resolve(bytes.readUInt32LE());
    };
    // The other side gives up after its own time; a little more lets its answer be the one that is seen.
    const timer = setTimeout(() => {
      finish(new Error(`no answer within ${2 * BROKER_TIMEOUT_MS} ms`));
    }, 2 * BROKER_TIMEOUT_MS);
    stream.on('readable', onReadable).on('end', onEnd).on('error', finish).on('close', onEnd);
    onReadable();
  });
}
