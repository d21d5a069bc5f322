import { HarnessError } from '../../harness/errors.js';

export type ReportErrorCode = 'REPORT_NOT_JSON' | 'REPORT_INVALID';

/** A text that should be a report and is none. */
export class ReportError extends HarnessError {
  readonly code: ReportErrorCode;

  constructor(code: ReportErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
