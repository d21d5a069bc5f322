import { HarnessError } from '../errors.js';

export type ContractErrorCode =
  'CONTRACT_NOT_FOUND' | 'CONTRACT_UNREADABLE' | 'CONTRACT_NOT_JSON' | 'CONTRACT_INVALID';

/** One mistake in a contract: where it is, what stands there, and what was expected there. */
export interface Mistake {
  /** A JSON pointer (RFC 6901) into the contract; `''` is its top. */
  readonly path: string;
  /** What stands there, in words. */
  readonly found: string;
  /** What was expected there, in words. */
  readonly expected: string;
  /** What to try, as whole sentences. */
  readonly hint?: string | undefined;
}

/** A contract that cannot be used: it is not there, is not JSON, or breaks the format. */
export class ContractError extends HarnessError {
  readonly code: ContractErrorCode;
  /** The file or the built-in name that was asked for. */
  readonly source: string;
  /** Set when the code is `CONTRACT_INVALID`. */
  readonly mistake: Mistake | undefined;

  constructor(
    code: ContractErrorCode,
    source: string,
    message: string,
    options?: { cause?: unknown; mistake?: Mistake },
  ) {
    super(message, options);
    this.code = code;
    this.source = source;
    this.mistake = options?.mistake;
  }
}

/** The error for one mistake in a contract that is JSON. */
export function invalidContract(source: string, mistake: Mistake): ContractError {
  const { path, found, expected, hint } = mistake;
  const place = path === '' ? 'at its top' : `at ${path}`;
  const message = `The contract ${source} has a mistake ${place}: found ${found}, expected ${expected}.`;
  return new ContractError('CONTRACT_INVALID', source, hint === undefined ? message : `${message} ${hint}`, {
    mistake,
  });
}
