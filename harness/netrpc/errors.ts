import { HarnessError } from '../errors.js';

export type RpcErrorCode =
  | 'RPC_SERVER_ERROR'
  | 'RPC_CONNECTION_LOST'
  | 'RPC_TIMEOUT'
  | 'RPC_PROTOCOL'
  | 'RPC_BROKER';

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
  /** The text as the server sent it. */
  readonly text: string;

  constructor(serviceMethod: string, text: string) {
    super('RPC_SERVER_ERROR', `${serviceMethod} answered with an error: ${text}`);
    this.text = text;
  }
}
