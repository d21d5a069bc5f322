import { HarnessError } from '../../harness/errors.js';
import { EXIT } from './exit-codes.js';

/** Runs a command; what is thrown on purpose becomes one clear line and exit code 2. */
export async function exitWith(command: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await command();
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    process.stderr.write(`iglu-conformance: ${error.message}\n`);
    process.exitCode = EXIT.notJudged;
  }
}
