import { Command, InvalidArgumentError, Option } from 'commander';
import { TOOL } from '../run/tool.js';
import type { RunFlags } from './run-options.js';
import { exitWith } from './exit-with.js';

const LEVELS = ['must', 'should', 'may'];

/** The command line. What a command does is loaded when it is run, so that --help is quick. */
export function program(): Command {
  const cli = new Command(TOOL.name)
    .description('Says whether a go-plugin plugin, in any language, keeps its promises.')
    .version(TOOL.version)
    .enablePositionalOptions()
    .showHelpAfterError('(iglu-conformance --help explains)')
    .exitOverride();

  withRunOptions(
    cli
      .argument('[plugin...]', 'plugins, folders of plugins, or one command after --')
      .action((words: string[], flags: RunFlags, self: Command) => {
        const { paths, command } = splitAtDashes(words, self);
        return exitWith(async () => (await import('./run-command.js')).runCommand(paths, command, flags));
      }),
  );

  withRunOptions(cli.command('demo').description('judge the bundled plugin; needs nothing but Node')).action((flags: RunFlags) =>
    exitWith(async () => (await import('./demo-command.js')).demoCommand(flags)),
  );
  cli
    .command('checks [id]')
    .description('the catalogue of checks, or one check explained')
    .option('--json', 'as JSON')
    .action((id: string | undefined, flags: { json?: boolean }) => exitWith(async () => (await import('./checks-command.js')).checksCommand(id, flags)));
  cli
    .command('types <contract>')
    .description('TypeScript types of a contract (a file, or the name of a built-in one)')
    .action((name: string) => exitWith(async () => (await import('./types-command.js')).typesCommand(name)));
  return cli;
}

function withRunOptions(command: Command): Command {
  return command
    .option('--contract <file|name|none>', 'what the plugin promises', 'iglu')
    .option('--cookie <KEY=VALUE>', 'the magic cookie, instead of the contract’s')
    .option('--only <glob>', 'only these checks (repeatable): area, area/check, area/check@Method; * and **', collect, [])
    .option('--skip <glob>', 'not these checks (repeatable)', collect, [])
    .addOption(new Option('--level <level>', 'checks of this level and stricter').choices(LEVELS).default('may'))
    .option('--require-all', 'every method of the contract must be there')
    .option('--allow-effects', 'also call methods with external effects more than once')
    .option('--env <K[=V]>', 'a variable for the plugin, or one of ours to pass on (repeatable)', collect, [])
    .option('--inherit-env', 'give the plugin our whole environment')
    .option('--seed <n>', 'the seed of everything random', integer(0))
    .option('--start-timeout <ms>', 'launch to handshake (default: 60000)', integer(1))
    .option('--timeout <ms>', 'one answer after it (default: 10000)', integer(1))
    .option('--jobs <n>', 'plugins judged at a time', integer(1))
    .option('--known-failing <file>', 'results that are known to fail: one key a line, # and the reason after it')
    .option('--report <kind=path>', 'write a report (repeatable): json; - is stdout', collect, [])
    .option('--verbose', 'every result, and every finding in full')
    .option('--quiet', 'the verdict alone');
}

function collect(word: string, before: string[]): string[] {
  return [...before, word];
}

function integer(least: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (!/^\d+$/.test(word) || !Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`It is a whole number from ${least} up.`);
    }
    return value;
  };
}

/** commander drops the `--`; what stands behind it is the plugin's command, flags and all. */
function splitAtDashes(words: string[], command: Command): { paths: string[]; command: string[] } {
  const raw = command.parent?.args ?? (command as Command & { rawArgs: string[] }).rawArgs;
  const at = raw.indexOf('--');
  if (at < 0) return { paths: words, command: [] };
  const behind = raw.slice(at + 1);
  return { paths: words.slice(0, words.length - behind.length), command: behind };
}
