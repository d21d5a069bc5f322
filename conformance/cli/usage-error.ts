import { HarnessError } from '../../harness/errors.js';

/** The command line cannot be carried out as it stands: exit code 2, and one line that says what to do. */
export class UsageError extends HarnessError {
  readonly code = 'USAGE';
}
