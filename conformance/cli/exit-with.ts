import { CommanderError } from 'commander';
import { HarnessError } from '../../harness/errors.js';
import { escapeControls } from '../../harness/quote.js';
import { EXIT } from './exit-codes.js';

/** Runs the program; what is thrown on purpose becomes one clear line and exit code 2. */
export async function exitWith(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof CommanderError) {
      // It has said what there is to say. --help and --version end this way too, with code 0.
      process.exitCode = error.exitCode === 0 ? EXIT.conformant : EXIT.notJudged;
    } else if (error instanceof HarnessError) {
      process.stderr.write(`iglu-conformance: ${error.message.split('\n').map(escapeControls).join('\n')}\n`);
      process.exitCode = EXIT.notJudged;
    } else {
      exitWithDefect(error);
    }
  }
}

/** Ends at once. Node's own exit code for it, 1, would say that the plugin is at fault. */
export function exitWithDefect(error: unknown): never {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `iglu-conformance: a defect of this tool, not of a plugin; please report it.\n${what}\n`,
  );
  process.exit(EXIT.notJudged);
}
