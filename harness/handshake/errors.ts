import { HarnessError } from '../errors.js';
import { quote } from '../quote.js';

/** The part of the handshake line that each error is about. */
const FIELD_OF_CODE = {
  HANDSHAKE_TIMEOUT: 'line',
  HANDSHAKE_NO_LINE: 'line',
  HANDSHAKE_LINE_TOO_LONG: 'line',
  HANDSHAKE_UNRECOGNIZED: 'line',
  HANDSHAKE_CORE_VERSION: 'core-version',
  HANDSHAKE_APP_VERSION: 'app-version',
  HANDSHAKE_INCOMPATIBLE_VERSION: 'app-version',
  HANDSHAKE_NETWORK: 'network',
  HANDSHAKE_ADDRESS: 'address',
  HANDSHAKE_PROTOCOL: 'protocol',
  HANDSHAKE_CERTIFICATE: 'certificate',
  HANDSHAKE_MULTIPLEX: 'multiplex',
} as const;

export type HandshakeErrorCode = keyof typeof FIELD_OF_CODE;
export type HandshakeField = (typeof FIELD_OF_CODE)[HandshakeErrorCode];

export interface HandshakeErrorDetails {
  readonly code: HandshakeErrorCode;
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
    const { code, problem, hint, line } = details;
    super(`${problem}${line === undefined ? '' : ` The line: ${quote(line)}.`} ${hint}`, options);
    this.code = code;
    this.field = FIELD_OF_CODE[code];
    this.problem = problem;
    this.hint = hint;
    this.line = line;
  }
}

/** What is wrong with one field; the line is added by who has it. */
export class Refusal extends Error {
  readonly details: Omit<HandshakeErrorDetails, 'line'>;

  constructor(code: HandshakeErrorCode, problem: string, hint: string) {
    super(problem);
    this.details = { code, problem, hint };
  }
}
