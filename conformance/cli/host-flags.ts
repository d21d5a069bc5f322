import { Option, type Command } from 'commander';
import { collect, LEVELS, wholeNumber, type RunFlags } from './run-flags.js';

/** The options of a run on a host as commander reads them. */
export interface HostFlags extends Pick<
  RunFlags,
  | 'contract'
  | 'only'
  | 'skip'
  | 'level'
  | 'env'
  | 'inheritEnv'
  | 'startTimeout'
  | 'timeout'
  | 'jobs'
  | 'knownFailing'
  | 'report'
  | 'verbose'
  | 'quiet'
> {
  readonly adapter?: boolean;
  readonly plugins?: string;
  readonly pluginAt?: string;
  readonly hangTime?: number;
  readonly stopTime?: number;
}

/** Gives a command the options of a run on a host. */
export function withHostOptions(command: Command): Command {
  return command
    .optionsGroup('How the host finds its plugins:')
    .option('--adapter', 'it does what it is told over stdin and stdout (docs/hosts.md)')
    .option('--plugins <folder>', 'the folder of plugins that it loads, from its own folder on')
    .option('--plugin-at <path>', 'the one plugin that it loads, from its own folder on')
    .option(
      '--env <K[=V]>',
      'a variable for the host; {plugin} and {plugins} stand for paths (repeatable)',
      collect,
    )
    .option('--inherit-env', 'give the host our whole environment')
    .optionsGroup('What is checked:')
    .option('--contract <file|name>', 'what its plugins promise (default: iglu)')
    .option(
      '--only <glob>',
      'only these checks (repeatable): host/check, host/withstands@fault/moment',
      collect,
    )
    .option('--skip <glob>', 'not these checks (repeatable)', collect)
    .addOption(
      new Option('--level <level>', 'checks of this level and stricter (default: may)').choices(LEVELS),
    )
    .option(
      '--known-failing <file>',
      'results that are known to fail: one key a line, # and the reason after it',
    )
    .optionsGroup('What the host is set to:')
    .option(
      '--start-timeout <ms>',
      'it gives a plugin up that has not shaken hands (default: 60000)',
      wholeNumber(1),
    )
    .option('--timeout <ms>', 'it gives a call up (default: 10000)', wholeNumber(1))
    .option('--hang-time <ms>', 'it notices that a plugin hangs (default: 10000)', wholeNumber(1))
    .option('--stop-time <ms>', 'from the wish that a plugin ends to its end (default: 5000)', wholeNumber(1))
    .option('--jobs <n>', 'hosts under way at a time (default: the number of processors)', wholeNumber(1))
    .optionsGroup('What is said:')
    .option('--report <kind=path>', 'write a report (repeatable): json; - is stdout', collect)
    .option('--verbose', 'every result, and every finding with all of its evidence')
    .addOption(new Option('--quiet', 'the verdict alone').conflicts('verbose'));
}
