import { Option, type Command } from 'commander';
import { collect, wholeNumber, type RunFlags } from './run-flags.js';

/** The options of a replay as commander reads them. */
export interface ReplayCommandFlags extends Pick<
  RunFlags,
  'contract' | 'cookie' | 'env' | 'inheritEnv' | 'startTimeout' | 'timeout' | 'verbose' | 'quiet'
> {
  readonly times?: number;
  readonly print?: SnippetKind;
}

/** What a counterexample can be printed as. */
export type SnippetKind = 'vitest' | 'go';

const SNIPPET_KINDS: readonly SnippetKind[] = ['vitest', 'go'];

/** Gives a command the options of a replay. */
export function withReplayOptions(command: Command): Command {
  return command
    .option('--times <n>', 'how often, each time on a fresh process (default: 1)', wholeNumber(1))
    .addOption(new Option('--print <kind>', 'print a test to paste instead').choices(SNIPPET_KINDS))
    .optionsGroup('Instead of what stands in the file:')
    .option('--contract <file|name|none>', 'what the plugin promises')
    .option('--cookie <KEY=VALUE>', 'the magic cookie')
    .option('--env <K[=V]>', 'a variable for the plugin, or one of ours to pass on (repeatable)', collect)
    .option('--inherit-env', 'give the plugin our whole environment')
    .option('--start-timeout <ms>', 'launch to handshake', wholeNumber(1))
    .option('--timeout <ms>', 'one answer after it', wholeNumber(1))
    .optionsGroup('What is said:')
    .option('--verbose', 'every failure with all of its evidence')
    .addOption(new Option('--quiet', 'the verdicts alone').conflicts('verbose'));
}
