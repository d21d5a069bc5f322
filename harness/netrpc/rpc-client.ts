import type { Duplex } from 'node:stream';
import { Encoder, type Decoded, type GobType } from '../gob/index.js';
import type { Tape } from '../tape/index.js';
import type { Value, ValueStruct } from '../value/index.js';
import { RpcError, RpcServerError } from './errors.js';
import { readMessages } from './message-reader.js';
import { REQUEST } from './wire.js';

export interface CallOptions {
  /** How long to wait for the reply, in ms. */
  readonly timeoutMs: number;
}

interface PendingCall {
  readonly serviceMethod: string;
  readonly resolve: (reply: Decoded) => void;
  readonly reject: (error: RpcError) => void;
  readonly timer: NodeJS.Timeout;
}

/** The calling end of a net/rpc connection: any number of calls in flight, told apart by sequence number. */
export class RpcClient {
  readonly #stream: Duplex;
  readonly #encoder = new Encoder();
  readonly #pending = new Map<number, PendingCall>();
  readonly #name: string;
  readonly #tape: Tape | undefined;
  #seq = 0;
  #lost: RpcError | undefined;
  #strayReplies = 0;

  /** `name` stands in messages and on the tape: `control`, or the plugin's name. */
  constructor(stream: Duplex, name: string, tape?: Tape) {
    this.#stream = stream;
    this.#name = name;
    this.#tape = tape;
    readMessages(stream, {
      onMessage: (header, body) => {
        this.#onReply(header, body);
      },
      onEnd: (error) => {
        this.#lose(
          error ?? new RpcError('RPC_CONNECTION_LOST', `The ${name} connection was closed by the other side.`),
        );
      },
    });
  }

  /** Calls that wait for their reply. */
  get inFlight(): number {
    return this.#pending.size;
  }

  /** Replies with a sequence number that no call waits for. Go's own client drops them in silence. */
  get strayReplies(): number {
    return this.#strayReplies;
  }

  /** Why no further call is possible; `undefined` while the connection lives. */
  get lost(): RpcError | undefined {
    return this.#lost;
  }

  /**
   * Calls `Service.Method` and resolves with the reply as it was sent: its wire type and its value.
   *
   * @throws RpcServerError when the method answered with an error.
   * @throws RpcError RPC_TIMEOUT, RPC_CONNECTION_LOST or RPC_PROTOCOL when there was no answer.
   * @throws GobError GOB_UNENCODABLE when `args` is not of type `argsType`.
   */
  async call(serviceMethod: string, argsType: GobType, args: Value, options: CallOptions): Promise<Decoded> {
    if (this.#lost) {
      throw new RpcError(this.#lost.code, `${serviceMethod} was not called: ${this.#lost.message}`, {
        cause: this.#lost,
      });
    }
    const seq = this.#seq++;
    const message = this.#encode(serviceMethod, seq, argsType, args);
    this.#tape?.record({ layer: 'rpc', direction: 'out', connection: this.#name, seq, text: serviceMethod, value: args });
    return new Promise<Decoded>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(seq);
        this.#tape?.record({ layer: 'rpc', direction: 'in', connection: this.#name, seq, text: `no reply in ${options.timeoutMs} ms` });
        reject(new RpcError('RPC_TIMEOUT', `${serviceMethod} did not answer within ${options.timeoutMs} ms.`));
      }, options.timeoutMs);
      this.#pending.set(seq, { serviceMethod, resolve, reject, timer });
      this.#stream.write(message);
    });
  }

  /** Closes this connection; calls in flight end with RPC_CONNECTION_LOST. */
  close(): void {
    this.#lose(new RpcError('RPC_CONNECTION_LOST', `The ${this.#name} connection was closed on this side.`));
    this.#stream.end();
  }

  #encode(serviceMethod: string, seq: number, argsType: GobType, args: Value): Buffer {
    try {
      const header = this.#encoder.encode(REQUEST, { ServiceMethod: serviceMethod, Seq: seq });
      return Buffer.concat([header, this.#encoder.encode(argsType, args)]);
    } catch (error) {
      // The encoder counts the header's type definitions as sent: the stream cannot go on without them.
      this.close();
      throw error;
    }
  }

  #onReply(header: Decoded, body: Decoded): void {
    const { Seq, Error: text } = header.value as ValueStruct;
    if (header.type.kind !== 'struct' || typeof Seq !== 'number') {
      throw new RpcError('RPC_PROTOCOL', 'A reply’s header is not net/rpc’s Response: it has no Seq.');
    }
    const call = this.#pending.get(Seq);
    if (!call) {
      this.#strayReplies += 1;
      this.#tape?.record({ layer: 'rpc', direction: 'in', connection: this.#name, seq: Seq, text: 'a reply that no call waits for' });
      return;
    }
    this.#pending.delete(Seq);
    clearTimeout(call.timer);
    if (text !== undefined && text !== '') {
      const message = String(text);
      this.#tape?.record({ layer: 'rpc', direction: 'in', connection: this.#name, seq: Seq, text: `error: ${message}` });
      call.reject(new RpcServerError(call.serviceMethod, message));
      return;
    }
    this.#tape?.record({ layer: 'rpc', direction: 'in', connection: this.#name, seq: Seq, text: 'reply', value: body.value });
    call.resolve(body);
  }

  #lose(error: RpcError): void {
    if (this.#lost) return;
    this.#lost = error;
    this.#tape?.record({ layer: 'rpc', direction: 'in', connection: this.#name, text: error.message });
    for (const call of this.#pending.values()) {
      clearTimeout(call.timer);
      call.reject(
        new RpcError(error.code, `${call.serviceMethod} got no answer: ${error.message}`, { cause: error }),
      );
    }
    this.#pending.clear();
  }
}
