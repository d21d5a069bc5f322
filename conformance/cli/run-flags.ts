import { InvalidArgumentError, Option, type Command } from 'commander';
import type { CheckOptions } from '../run/index.js';

/** The options of a run as commander reads them. */
export interface RunFlags {
  readonly contract?: string;
  readonly cookie?: string;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly level?: NonNullable<CheckOptions['level']>;
  readonly requireAll?: boolean;
  readonly allowEffects?: boolean;
  readonly env?: readonly string[];
  readonly inheritEnv?: boolean;
  readonly seed?: number;
  readonly startTimeout?: number;
  readonly timeout?: number;
  readonly jobs?: number;
  readonly runs?: number;
  readonly budget?: number;
  readonly counterexamples?: string;
  readonly knownFailing?: string;
  readonly report?: readonly string[];
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

export const LEVELS = ['must', 'should', 'may'];

/** Gives a command the options of a run. */
export function withRunOptions(command: Command): Command {
  return command
    .optionsGroup('What is checked:')
    .option('--contract <file|name|none>', 'what the plugin promises (default: iglu)')
    .option('--cookie <KEY=VALUE>', 'the magic cookie, instead of the contract’s')
    .option(
      '--only <glob>',
      'only these checks (repeatable): area, area/check, area/check@Method; * stays in a segment, ** crosses',
      collect,
    )
    .option('--skip <glob>', 'not these checks (repeatable)', collect)
    .addOption(
      new Option('--level <level>', 'checks of this level and stricter (default: may)').choices(LEVELS),
    )
    .option('--require-all', 'every method of the contract must be there')
    .option(
      '--known-failing <file>',
      'results that are known to fail: one key a line, # and the reason after it',
    )
    .optionsGroup('How the plugin is run:')
    .option('--env <K[=V]>', 'a variable for the plugin, or one of ours to pass on (repeatable)', collect)
    .option('--inherit-env', 'give the plugin our whole environment')
    .option('--allow-effects', 'also call methods with external effects more than once')
    .option('--start-timeout <ms>', 'launch to handshake (default: 60000)', wholeNumber(1))
    .option('--timeout <ms>', 'one answer after it (default: 10000)', wholeNumber(1))
    .option('--jobs <n>', 'plugins judged at a time (default: the number of processors)', wholeNumber(1))
    .optionsGroup('How it is fuzzed:')
    .option('--seed <n>', 'the seed of everything random', wholeNumber(0))
    .option('--runs <n>', 'calls of each method, about (default: 1000)', wholeNumber(1))
    .option('--budget <ms>', 'fuzzing as a whole, shrinking not counted (default: 20000)', wholeNumber(1))
    .option(
      '--counterexamples <dir>',
      'where what was found is kept, and is tried first the next time (default: .iglu-conformance/counterexamples)',
    )
    .optionsGroup('What is said:')
    .option('--report <kind=path>', 'write a report (repeatable): json; - is stdout', collect)
    .option('--verbose', 'every result, and every finding with all of its evidence')
    .addOption(new Option('--quiet', 'the verdict alone').conflicts('verbose'));
}

export function collect(word: string, before: readonly string[] = []): string[] {
  return [...before, word];
}

/** setTimeout's longest delay, in ms; more than enough for a count or a seed too. */
const LARGEST = 2 ** 31 - 1;

export function wholeNumber(least: number): (word: string) => number {
  return (word) => {
    const value = Number(word);
    if (/^\d+$/.test(word) && value >= least && value <= LARGEST) return value;
    throw new InvalidArgumentError(`It is a whole number from ${least} to ${LARGEST}.`);
  };
}
