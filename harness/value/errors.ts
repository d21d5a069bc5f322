import { HarnessError } from '../errors.js';

/**
 * What went wrong with a value.
 *
 * - `VALUE_MALFORMED`: a tagged JSON text that {@link fromJson} cannot read;
 * - `VALUE_TOO_DEEP`: nested deeper than {@link MAX_DEPTH}, or a value that contains itself.
 */
export type ValueErrorCode = 'VALUE_MALFORMED' | 'VALUE_TOO_DEEP';

/** Thrown by the functions of harness/value. */
export class ValueError extends HarnessError {
  readonly code: ValueErrorCode;

  constructor(code: ValueErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
