import { HarnessError } from '../../harness/errors.js';

/**
 * - `SELECTS_NOTHING`: a glob, or all of them and the level together, leave no check.
 * - `UNKNOWN_KEY`: a known-failing entry names a result that there is not.
 * - `COOKIE_MISSING`: without a contract, nothing tells the magic cookie.
 * - `VARIABLE_MISSING`: a variable that is to be passed on is not set.
 */
export type RunErrorCode = 'SELECTS_NOTHING' | 'UNKNOWN_KEY' | 'COOKIE_MISSING' | 'VARIABLE_MISSING';

/** A run that cannot be made as it was asked for. */
export class RunError extends HarnessError {
  readonly code: RunErrorCode;

  constructor(code: RunErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
