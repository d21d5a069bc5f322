import { Command } from 'commander';
import { TOOL } from '../run/tool.js';
import { withHostOptions, type HostFlags } from './host-flags.js';
import { withReplayOptions, type ReplayCommandFlags } from './replay-flags.js';
import { withRunOptions, type RunFlags } from './run-flags.js';
import { UsageError } from './usage-error.js';

/**
 * The command line. What a command does is loaded when it is run, so that --help is quick. Each command leaves its
 * exit code in `process.exitCode`.
 *
 * @param behindDashes - the words behind `--`
 */
export function program(behindDashes: readonly string[] | undefined): Command {
  const cli = new Command(TOOL.name)
    .description('Says whether a go-plugin plugin, in any language, keeps its promises.')
    .usage(
      '[options] <plugin...>\n       iglu-conformance [options] -- <command> [args...]\n       iglu-conformance <command> …',
    )
    .version(TOOL.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .enablePositionalOptions()
    .showHelpAfterError('(iglu-conformance --help explains)')
    .exitOverride();

  withRunOptions(
    cli
      .argument('[plugin...]', 'plugins by their paths, or folders of plugins')
      .action(async (paths: string[], flags: RunFlags) => {
        const { runCommand } = await import('./run-command.js');
        process.exitCode = await runCommand(paths, behindDashes ?? [], flags);
      }),
  );

  withRunOptions(cli.command('demo').description('judge the bundled plugin; needs nothing but Node')).action(
    async (flags: RunFlags) => {
      refuseDashes('demo', behindDashes);
      const { demoCommand } = await import('./demo-command.js');
      // Options may stand before the word demo too.
      process.exitCode = await demoCommand({ ...cli.opts<RunFlags>(), ...flags });
    },
  );
  withHostOptions(
    cli
      .command('host')
      .argument('<host>', 'a host by its path; its arguments behind --')
      .usage('[options] <host> [-- <args...>]')
      .description('judge a host of plugins'),
  ).action(async (host: string, flags: HostFlags) => {
    const { hostCommand } = await import('./host-command.js');
    process.exitCode = await hostCommand(host, behindDashes ?? [], { ...cli.opts<HostFlags>(), ...flags });
  });
  withReplayOptions(
    cli
      .command('replay')
      .argument(
        '<file...>',
        'counterexamples, or a folder of them; the plugin behind --, if it is another one',
      )
      .usage('[options] <file...> [-- <command> [args...]]')
      .description('do saved counterexamples again'),
  ).action(async (paths: string[], flags: ReplayCommandFlags) => {
    refuseRunOptions('replay', cli);
    const { replayCommand } = await import('./replay-command.js');
    process.exitCode = await replayCommand(paths, behindDashes ?? [], flags);
  });
  cli
    .command('checks')
    .argument('[check]', 'an id, an area or a glob')
    .description('the catalogue of checks, a part of it, or one check explained')
    .option('--json', 'as JSON')
    .action(async (id: string | undefined, flags: { json?: boolean }) => {
      refuseRunOptions('checks', cli, behindDashes);
      const { checksCommand } = await import('./checks-command.js');
      process.exitCode = await checksCommand(id, flags);
    });
  cli
    .command('types')
    .argument('<contract>', 'a file, or the name of a built-in contract')
    .description('TypeScript types of a contract')
    .action(async (name: string) => {
      refuseRunOptions('types', cli, behindDashes);
      const { typesCommand } = await import('./types-command.js');
      process.exitCode = await typesCommand(name);
    });
  return cli;
}

function refuseDashes(name: string, behindDashes: readonly string[] | undefined): void {
  if (behindDashes) throw new UsageError(`iglu-conformance ${name} takes no command behind --.`);
}

function refuseRunOptions(name: string, cli: Command, behindDashes?: readonly string[]): void {
  refuseDashes(name, behindDashes);
  if (Object.keys(cli.opts()).length > 0)
    throw new UsageError(`iglu-conformance ${name} takes no options of a run.`);
}
