import { HarnessError } from '../errors.js';
import { quote } from '../quote.js';

export type HandshakeErrorCode =
  | 'HANDSHAKE_TIMEOUT'
  | 'HANDSHAKE_NO_LINE'
  | 'HANDSHAKE_LINE_TOO_LONG'
  | 'HANDSHAKE_UNRECOGNIZED'
  | 'HANDSHAKE_CORE_VERSION'
  | 'HANDSHAKE_APP_VERSION'
  | 'HANDSHAKE_INCOMPATIBLE_VERSION'
  | 'HANDSHAKE_NETWORK'
  | 'HANDSHAKE_ADDRESS'
  | 'HANDSHAKE_PROTOCOL'
  | 'HANDSHAKE_CERTIFICATE'
  | 'HANDSHAKE_MULTIPLEX';

/** The part of the handshake line an error is about. */
export type HandshakeField =
  | 'line'
  | 'core-version'
  | 'app-version'
  | 'network'
  | 'address'
  | 'protocol'
  | 'certificate'
  | 'multiplex';

export interface HandshakeErrorDetails {
  readonly code: HandshakeErrorCode;
  readonly field: HandshakeField;
  /** What is wrong, in one sentence without the line itself. */
  readonly problem: string;
  /** The likely cause, and what to try. */
  readonly hint: string;
  /** The line as it was read, undecorated; `undefined` when there was none. */
  readonly line?: string | undefined;
}

/** The plugin did not shake hands as a go-plugin host needs it. */
export class HandshakeError extends HarnessError {
  readonly code: HandshakeErrorCode;
  readonly field: HandshakeField;
  readonly problem: string;
  readonly hint: string;
  readonly line: string | undefined;

  constructor(details: HandshakeErrorDetails, options?: { cause?: unknown }) {
    const { problem, hint, line } = details;
    super(`${problem}${line === undefined ? '' : ` The line: ${quote(line)}.`} ${hint}`, options);
    this.code = details.code;
    this.field = details.field;
    this.problem = problem;
    this.hint = hint;
    this.line = line;
  }
}
