import { HarnessError } from '../errors.js';

export type ConnectionErrorCode =
  | 'CONNECTION_REFUSED'
  | 'CONNECTION_FOREIGN_SOCKET'
  | 'CONNECTION_TLS'
  | 'CONNECTION_TIMEOUT'
  | 'CONNECTION_LOST';

/** The plugin shook hands, and then no session came about at the address it gave. */
export class ConnectionError extends HarnessError {
  readonly code: ConnectionErrorCode;

  constructor(code: ConnectionErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
