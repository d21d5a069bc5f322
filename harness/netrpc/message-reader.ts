import type { Duplex } from 'node:stream';
import { Decoder, GobError, type Decoded } from '../gob/index.js';
import { RpcError } from './errors.js';

export interface MessageListener {
  /** A header and its body, in the order in which they came. */
  onMessage(header: Decoded, body: Decoded): void;
  /** The stream has ended, broken or sent something that is not gob. Called once. */
  onEnd(error: RpcError | undefined): void;
}

/** Reads a stream of alternating headers and bodies, as both ends of net/rpc do (net/rpc `gobServerCodec`). */
export function readMessages(stream: Duplex, listener: MessageListener): void {
  const decoder = new Decoder();
  let header: Decoded | undefined;
  let ended = false;
  const end = (error: RpcError | undefined): void => {
    if (ended) return;
    ended = true;
    listener.onEnd(error);
  };
  stream.on('data', (chunk: Buffer) => {
    if (ended) return;
    try {
      for (const decoded of decoder.push(chunk)) {
        if (header === undefined) {
          header = decoded;
        } else {
          const complete = header;
          header = undefined;
          listener.onMessage(complete, decoded);
        }
      }
    } catch (error) {
      if (!(error instanceof GobError || error instanceof RpcError)) throw error;
      end(new RpcError('RPC_PROTOCOL', `The peer sent something that is not net/rpc: ${error.message}`, { cause: error }));
      stream.destroy();
    }
  });
  stream.on('end', () => {
    try {
      decoder.end();
      end(
        header === undefined
          ? undefined
          : new RpcError('RPC_CONNECTION_LOST', 'The stream ended between a net/rpc header and its body.'),
      );
    } catch (error) {
      end(new RpcError('RPC_CONNECTION_LOST', 'The stream ended in the middle of a gob message.', { cause: error }));
    }
  });
  stream.on('error', (error: Error) => {
    end(new RpcError('RPC_CONNECTION_LOST', `The stream broke: ${error.message}`, { cause: error }));
  });
  stream.on('close', () => {
    end(undefined);
  });
}
