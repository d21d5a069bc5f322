import { HarnessError } from '../../harness/errors.js';

/** `STAGE_OPEN`: what a fault needs around it could not be set up; that is never the doing of the plugin under test. */
type StageErrorCode = 'STAGE_OPEN';

export class StageError extends HarnessError {
  override readonly code: StageErrorCode;

  constructor(code: StageErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
