import type { Duplex } from 'node:stream';
import { Decoder, GobError, type Decoded } from '../gob/index.js';
import { RpcError } from './errors.js';

export interface MessageListener {
  /**
   * A header and its body, in the order in which they came.
   *
   * @throws RpcError when the peer cannot be understood: the stream is destroyed then.
   */
  onMessage(header: Decoded, body: Decoded): void;
  /** No more will come. The error tells why; there is none when the stream was ended between two messages. */
  onEnd(error: RpcError | undefined): void;
}

/** Reads a stream of alternating headers and bodies, as both ends of net/rpc do (net/rpc `gobServerCodec`). */
export function readMessages(stream: Duplex, listener: MessageListener): void {
  new MessageReader(stream, listener).read();
}

class MessageReader {
  readonly #stream: Duplex;
  readonly #listener: MessageListener;
  readonly #decoder = new Decoder();
  #header: Decoded | undefined;
  #ended = false;

  constructor(stream: Duplex, listener: MessageListener) {
    this.#stream = stream;
    this.#listener = listener;
  }

  read(): void {
    this.#stream
      .on('data', (chunk: Buffer) => this.#push(chunk))
      .on('end', () => this.#end(this.#truncation()))
      .on('error', (cause) =>
        this.#end(new RpcError('RPC_CONNECTION_LOST', `The stream broke: ${cause.message}`, { cause })),
      )
      .on('close', () => this.#end(undefined));
  }

  #push(chunk: Buffer): void {
    if (this.#ended) return;
    try {
      this.#deliver(this.#decode(chunk));
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      this.#end(error);
      this.#stream.destroy();
    }
  }

  /** What came whole before something that is not gob is delivered all the same: Go reads value by value. */
  #decode(chunk: Buffer): readonly Decoded[] {
    try {
      return this.#decoder.push(chunk);
    } catch (cause) {
      if (!(cause instanceof GobError)) throw cause;
      this.#deliver(cause.decoded);
      throw new RpcError('RPC_PROTOCOL', `The peer sent something that is not net/rpc: ${cause.message}`, {
        cause,
      });
    }
  }

  #deliver(values: readonly Decoded[]): void {
    for (const value of values) {
      const header = this.#header;
      this.#header = header ? undefined : value;
      if (header) this.#listener.onMessage(header, value);
    }
  }

  #truncation(): RpcError | undefined {
    try {
      this.#decoder.end();
    } catch (cause) {
      return new RpcError('RPC_CONNECTION_LOST', 'The stream ended in the middle of a gob message.', {
        cause,
      });
    }
    if (!this.#header) return undefined;
    return new RpcError('RPC_CONNECTION_LOST', 'The stream ended between a net/rpc header and its body.');
  }

  #end(error: RpcError | undefined): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#listener.onEnd(error);
  }
}
