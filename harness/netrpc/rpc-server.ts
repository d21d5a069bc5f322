import type { Duplex } from 'node:stream';
import { inspect } from 'node:util';
import { Encoder, type Decoded, type GobType, type Registry } from '../gob/index.js';
import type { Value } from '../value/index.js';
import { acceptArgs } from './accept-args.js';
import { readHeader } from './header.js';
import { readMessages } from './message-reader.js';
import { textOf } from './text-of.js';
import { INVALID_REQUEST, REQUEST, RESPONSE } from './wire.js';

/** One method of a service, as net/rpc sees it. */
export interface RpcMethod {
  readonly args: GobType;
  readonly reply: GobType;
  /** Whether arguments of another type are taken as well; by gob's rules, unless given. */
  accepts?(sent: GobType): boolean;
  /** What it throws travels to the caller as the text of an `rpc.ServerError`. */
  handle(args: Value): Value | Promise<Value>;
}

export type RpcService = ReadonlyMap<string, RpcMethod>;

export interface RpcServerOptions {
  readonly services: ReadonlyMap<string, RpcService>;
  /** Concrete types that interface values in replies may have. */
  readonly registry?: Registry;
  /** Told of a reply that gob cannot send, before the connection ends for it. */
  onUnencodable?(error: Error): void;
}

/** Calls that one connection may have running at a time; the next one waits until one of them is done. */
export const MAX_RUNNING_CALLS = 4_096;

/** Calls that are begun before their replies get a chance to go out, and to tell that nobody reads them. */
const BEGUN_AT_ONCE = 32;

/**
 * The answering end of a net/rpc connection. Calls run side by side; replies go out as they are ready. Nothing is
 * begun while the peer does not read its replies. When the peer has ended its side, what it asked is still answered.
 */
export function serveRpc(stream: Duplex, options: RpcServerOptions): void {
  new RpcConnection(stream, options).serve();
}

interface Request {
  readonly serviceMethod: Value;
  readonly seq: Value;
  readonly body: Decoded;
}

class RpcConnection {
  readonly #stream: Duplex;
  readonly #options: RpcServerOptions;
  readonly #encoder: Encoder;
  #waiting: Request[] = [];
  #running = 0;
  #ended = false;
  #scheduled = false;

  constructor(stream: Duplex, options: RpcServerOptions) {
    this.#stream = stream;
    this.#options = options;
    this.#encoder = new Encoder(options.registry ? { registry: options.registry } : {});
  }

  serve(): void {
    readMessages(this.#stream, {
      onMessage: (header, body) => {
        const { ServiceMethod = '', Seq = 0 } = readHeader(header, REQUEST);
        this.#waiting.push({ serviceMethod: ServiceMethod, seq: Seq, body });
        this.#schedule();
      },
      onEnd: () => {
        this.#ended = true;
        this.#schedule();
      },
    });
    this.#stream.on('drain', () => this.#schedule());
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flow();
    });
  }

  /** Begins what there is room for, and then reads on, or not; in the end, ends our side. */
  #flow(): void {
    const stream = this.#stream;
    if (stream.destroyed) this.#waiting = [];
    const room = stream.writableNeedDrain ? 0 : MAX_RUNNING_CALLS - this.#running;
    for (const request of this.#waiting.splice(0, Math.min(room, BEGUN_AT_ONCE))) void this.#answer(request);
    if (this.#waiting.length > 0) {
      stream.pause();
      if (room > 0) this.#schedule();
    } else if (!this.#ended) {
      if (stream.isPaused()) stream.resume();
    } else if (this.#running === 0) {
      stream.end();
    }
  }

  /** Never rejects. */
  async #answer({ serviceMethod, seq, body }: Request): Promise<void> {
    const respond = (error: string, type: GobType, value: Value): void =>
      this.#respond({ ServiceMethod: serviceMethod, Seq: seq, Error: error }, type, value);
    this.#running += 1;
    try {
      const method = this.#find(textOf(serviceMethod));
      const reply = await method.handle(acceptArgs(body, method));
      respond('', method.reply, reply);
    } catch (error) {
      respond(errorText(error), INVALID_REQUEST, {});
    } finally {
      this.#running -= 1;
      this.#schedule();
    }
  }

  #respond(header: { ServiceMethod: Value; Seq: Value; Error: string }, type: GobType, value: Value): void {
    if (this.#stream.destroyed || this.#stream.writableEnded) return;
    try {
      // Both or neither: a reply that gob cannot send must not leave half an answer.
      this.#stream.write(
        this.#encoder.encodeAll([
          [RESPONSE, header],
          [type, value],
        ]),
      );
    } catch (error) {
      // As in Go, that ends the connection (net/rpc server.go, `gobServerCodec.WriteResponse`).
      this.#options.onUnencodable?.(error as Error);
      this.#stream.end();
    }
  }

  /** The texts are net/rpc's own (server.go, `readRequestHeader`): hosts and people compare them. */
  #find(serviceMethod: string): RpcMethod {
    const dot = serviceMethod.lastIndexOf('.');
    if (dot < 0) throw new Error(`rpc: service/method request ill-formed: ${serviceMethod}`);
    const service = this.#options.services.get(serviceMethod.slice(0, dot));
    if (!service) throw new Error(`rpc: can't find service ${serviceMethod}`);
    const method = service.get(serviceMethod.slice(dot + 1));
    if (!method) throw new Error(`rpc: can't find method ${serviceMethod}`);
    return method;
  }
}

/** As net/rpc sends it. An empty text would say that all went well. */
function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : error;
  // Half a surrogate pair has no form in UTF-8.
  return Buffer.from(typeof text === 'string' ? text : inspect(text)).toString() || 'an error without a text';
}
