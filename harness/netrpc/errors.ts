import { HarnessError } from '../errors.js';
import { quote } from '../quote.js';

/**
 * `RPC_SERVER_ERROR` the method answered with an error; `RPC_TIMEOUT` there was no answer in time;
 * `RPC_CONNECTION_LOST` the connection ended; `RPC_PROTOCOL` the peer does not speak net/rpc; `RPC_BROKER` a brokered
 * connection did not come about.
 */
export type RpcErrorCode =
  'RPC_SERVER_ERROR' | 'RPC_CONNECTION_LOST' | 'RPC_TIMEOUT' | 'RPC_PROTOCOL' | 'RPC_BROKER';

/** A call over net/rpc that gave no reply. */
export class RpcError extends HarnessError {
  readonly code: RpcErrorCode;

  constructor(code: RpcErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** The method answered with an error: net/rpc's `rpc.ServerError`. The connection is fine. */
export class RpcServerError extends RpcError {
  /** The text as the server sent it; the message has it cut and escaped. */
  readonly text: string;

  constructor(serviceMethod: string, text: string) {
    super('RPC_SERVER_ERROR', `${serviceMethod} answered with an error: ${quote(text)}`);
    this.text = text;
  }
}
