import type { Duplex } from 'node:stream';
import { Encoder, type Decoded, type GobType } from '../gob/index.js';
import type { Tape, TapeEntry } from '../tape/index.js';
import type { Value } from '../value/index.js';
import { RpcError, RpcServerError } from './errors.js';
import { readHeader } from './header.js';
import { readMessages } from './message-reader.js';
import { textOf } from './text-of.js';
import { REQUEST, RESPONSE } from './wire.js';

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
  /** Calls whose time was over, and that may still be answered. */
  readonly #givenUp = new Set<number>();
  readonly #name: string;
  readonly #tape: Tape | undefined;
  #seq = 0;
  #lost: RpcError | undefined;
  #strayReplies = 0;
  #lateReplies = 0;

  /** `name` stands in messages and on the tape: `control`, or the plugin's name. */
  constructor(stream: Duplex, name: string, tape?: Tape) {
    this.#stream = stream;
    this.#name = name;
    this.#tape = tape;
    readMessages(stream, {
      onMessage: (header, body) => this.#onReply(header, body),
      onEnd: (error) => this.#lose(error ?? this.#ended()),
    });
  }

  /** Calls that wait for their reply. */
  get inFlight(): number {
    return this.#pending.size;
  }

  /**
   * Replies with a sequence number under which nothing was asked, or that was answered before. Go's own client drops
   * them in silence.
   */
  get strayReplies(): number {
    return this.#strayReplies;
  }

  /** Replies to calls that had ended with RPC_TIMEOUT. */
  get lateReplies(): number {
    return this.#lateReplies;
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
   * @throws GobError GOB_UNENCODABLE when `args` is not of type `argsType`; nothing was sent then.
   */
  async call(
    serviceMethod: string,
    argsType: GobType,
    args: Value,
    { timeoutMs }: CallOptions,
  ): Promise<Decoded> {
    if (this.#lost) throw this.#error(this.#lost, `${serviceMethod} was not called`);
    const seq = this.#seq++;
    const request = { ServiceMethod: serviceMethod, Seq: seq };
    const message = this.#encoder.encodeAll([
      [REQUEST, request],
      [argsType, args],
    ]);
    this.#record('out', serviceMethod, { seq, value: args });
    return new Promise<Decoded>((resolve, reject) => {
      const timer = setTimeout(() => this.#giveUp(seq, timeoutMs), timeoutMs);
      this.#pending.set(seq, { serviceMethod, resolve, reject, timer });
      this.#stream.write(message);
    });
  }

  /** Closes this connection; calls in flight end with RPC_CONNECTION_LOST. */
  close(): void {
    this.#lose(new RpcError('RPC_CONNECTION_LOST', `The ${this.#name} connection was closed on this side.`));
  }

  #onReply(header: Decoded, body: Decoded): void {
    if (this.#lost) return;
    const { Seq, Error: error } = readHeader(header, RESPONSE);
    // A number that is no safe integer is none that was given out.
    const seq = Number(Seq);
    const call = this.#pending.get(seq);
    if (!call) {
      this.#onUnexpected(seq);
      return;
    }
    this.#settle(seq, call);
    const text = textOf(error);
    if (text !== '') {
      this.#record('in', `error: ${text}`, { seq });
      call.reject(new RpcServerError(call.serviceMethod, text));
      return;
    }
    this.#record('in', 'reply', { seq, value: body.value });
    call.resolve(body);
  }

  #onUnexpected(seq: number): void {
    if (this.#givenUp.delete(seq)) {
      this.#lateReplies += 1;
      this.#record('in', 'a reply that came too late', { seq });
    } else {
      this.#strayReplies += 1;
      this.#record('in', 'a reply that no call waits for', { seq });
    }
  }

  #giveUp(seq: number, timeoutMs: number): void {
    const call = this.#pending.get(seq);
    if (!call) return;
    this.#settle(seq, call);
    this.#givenUp.add(seq);
    this.#record('in', `no reply in ${timeoutMs} ms`, { seq });
    call.reject(new RpcError('RPC_TIMEOUT', `${call.serviceMethod} did not answer within ${timeoutMs} ms.`));
  }

  #lose(error: RpcError): void {
    if (this.#lost) return;
    this.#lost = error;
    this.#record('in', error.message);
    for (const [seq, call] of this.#pending) {
      this.#settle(seq, call);
      call.reject(this.#error(error, `${call.serviceMethod} got no answer`));
    }
    // Our half too, so that nothing of it is left when the other side ended first.
    this.#stream.end();
  }

  #settle(seq: number, { timer }: PendingCall): void {
    this.#pending.delete(seq);
    clearTimeout(timer);
  }

  #ended(): RpcError {
    const how = this.#stream.readableEnded ? 'was closed by the other side' : 'ended with its session';
    return new RpcError('RPC_CONNECTION_LOST', `The ${this.#name} connection ${how}.`);
  }

  #error(cause: RpcError, what: string): RpcError {
    return new RpcError(cause.code, `${what}: ${cause.message}`, { cause });
  }

  #record(
    direction: TapeEntry['direction'],
    text: string,
    rest: Pick<TapeEntry, 'seq' | 'value'> = {},
  ): void {
    this.#tape?.record({ layer: 'rpc', direction, connection: this.#name, text, ...rest });
  }
}
