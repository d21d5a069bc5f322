import type { YamuxSession, YamuxStream } from '../yamux/index.js';
import { idBytes, readId } from './brokered-id.js';
import { RpcError } from './errors.js';

/** How long each side of a brokered connection waits for the other, in ms (mux_broker.go, `Accept`). */
export const BROKER_TIMEOUT_MS = 5_000;

/** For an id or its echo. The other side gives up after its own time; a little more lets its answer be seen. */
const ID_TIMEOUT_MS = 2 * BROKER_TIMEOUT_MS;

interface Waiter {
  readonly resolve: (stream: YamuxStream) => void;
  readonly reject: (error: RpcError) => void;
  readonly timer: NodeJS.Timeout;
}

interface Arrival {
  readonly stream: YamuxStream;
  readonly timer: NodeJS.Timeout;
}

/** go-plugin's MuxBroker: further connections over one yamux session, found by a number that travels in a call. */
export class MuxBroker {
  readonly #session: YamuxSession;
  readonly #waiting = new Map<number, Waiter>();
  readonly #arrived = new Map<number, Arrival>();
  #nextId = 0;
  #closed = false;

  /** It closes with its session. */
  constructor(session: YamuxSession) {
    this.#session = session;
    void session.closed.then(() => this.close());
  }

  /** An id that this side has not used yet. */
  nextId(): number {
    this.#nextId = (this.#nextId + 1) >>> 0;
    return this.#nextId;
  }

  /** Takes in a stream that the peer opened: reads its id and hands it to whoever accepts that id. */
  handle(stream: YamuxStream): void {
    readId(stream, ID_TIMEOUT_MS).then(
      (id) => this.#arrive(id, stream),
      () => stream.destroy(),
    );
  }

  /**
   * Waits for the peer to dial `id`.
   *
   * @throws RpcError RPC_BROKER when nobody dials within {@link BROKER_TIMEOUT_MS}, when the session ends before, or
   * when somebody waits for the id already.
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
    const { stream, ack } = await this.#dial(id).catch((cause: unknown) => {
      throw new RpcError('RPC_BROKER', `Nobody accepted broker id ${id}: ${(cause as Error).message}`, {
        cause,
      });
    });
    if (ack === id) return stream;
    stream.destroy();
    throw new RpcError('RPC_BROKER', `The peer acknowledged broker id ${ack} where ${id} was dialled.`);
  }

  /** Ends what still waits: accepts, and streams that nobody took. */
  close(): void {
    this.#closed = true;
    for (const [id, { reject, timer }] of this.#waiting) {
      clearTimeout(timer);
      reject(new RpcError('RPC_BROKER', `The session ended before anybody dialled broker id ${id}.`));
    }
    this.#waiting.clear();
    for (const { stream } of this.#arrived.values()) stream.destroy();
  }

  async #dial(id: number): Promise<{ stream: YamuxStream; ack: number }> {
    const stream = this.#session.open();
    try {
      stream.write(idBytes(id));
      return { stream, ack: await readId(stream, ID_TIMEOUT_MS) };
    } catch (error) {
      stream.destroy();
      throw error;
    }
  }

  #arrive(id: number, stream: YamuxStream): void {
    const waiter = this.#waiting.get(id);
    if (waiter) {
      this.#waiting.delete(id);
      clearTimeout(waiter.timer);
      waiter.resolve(stream);
    } else if (this.#closed || this.#arrived.has(id)) {
      // An id that is in use already is not the peer's to use again; Go's broker deadlocks over it.
      stream.destroy();
    } else {
      // The peer may be quicker than our accept.
      const timer = setTimeout(() => stream.destroy(), BROKER_TIMEOUT_MS);
      this.#arrived.set(id, { stream, timer });
      stream.once('close', () => {
        clearTimeout(timer);
        if (this.#arrived.get(id)?.stream === stream) this.#arrived.delete(id);
      });
    }
  }

  #take(id: number): Promise<YamuxStream> {
    const arrived = this.#arrived.get(id);
    if (arrived) {
      this.#arrived.delete(id);
      clearTimeout(arrived.timer);
      return Promise.resolve(arrived.stream);
    }
    return new Promise((resolve, reject) => {
      if (this.#closed || this.#waiting.has(id)) {
        const why = this.#closed ? 'the session is over' : 'somebody waits for it already';
        reject(new RpcError('RPC_BROKER', `Broker id ${id} cannot be accepted: ${why}.`));
        return;
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new RpcError('RPC_BROKER', `Nobody dialled broker id ${id} within ${BROKER_TIMEOUT_MS} ms.`));
      }, BROKER_TIMEOUT_MS);
      this.#waiting.set(id, { resolve, reject, timer });
    });
  }
}
