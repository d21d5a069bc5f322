import { HarnessError } from '../../../harness/errors.js';

/**
 * - `COUNTEREXAMPLE_NOT_FOUND`: there is no such file or folder.
 * - `COUNTEREXAMPLE_UNREADABLE`: it is no file, or cannot be read.
 * - `COUNTEREXAMPLE_TOO_LARGE`: larger, deeper, or of more calls than a counterexample may have.
 * - `COUNTEREXAMPLE_NOT_JSON`, `COUNTEREXAMPLE_INVALID`: not what `counterexample.schema.json` describes.
 * - `COUNTEREXAMPLE_UNWRITABLE`: the folder cannot be made, or the file not written.
 */
export type CounterexampleErrorCode =
  | 'COUNTEREXAMPLE_NOT_FOUND'
  | 'COUNTEREXAMPLE_UNREADABLE'
  | 'COUNTEREXAMPLE_TOO_LARGE'
  | 'COUNTEREXAMPLE_NOT_JSON'
  | 'COUNTEREXAMPLE_INVALID'
  | 'COUNTEREXAMPLE_UNWRITABLE';

/** A file that should be a counterexample and is none, or that cannot be kept. */
export class CounterexampleError extends HarnessError {
  readonly code: CounterexampleErrorCode;

  constructor(code: CounterexampleErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
