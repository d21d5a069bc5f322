import { stat } from 'node:fs/promises';
import { HarnessError } from '../../harness/errors.js';
import { escapeControls } from '../../harness/quote.js';
import { loadContract } from '../../harness/contract/index.js';
import {
  goTest,
  readCounterexample,
  readCounterexamples,
  readFlags,
  vitestTest,
  type Counterexample,
} from '../fuzz/counterexample/index.js';
import type { TextOptions } from '../report/index.js';
import type { Command } from '../run/index.js';
import { EXIT } from './exit-codes.js';
import { interruptible } from './interruptible.js';
import { replay, type Replay, type ReplayOptions } from '../run/replay.js';
import type { ReplayCommandFlags } from './replay-flags.js';
import { countToText, replayToText, type Replayed } from './replay-text.js';
import { splitEnv } from './run-options.js';
import { terminalStyle } from './terminal-style.js';
import { UsageError } from './usage-error.js';

/** A file to be done, or why it cannot be. */
interface Named {
  readonly path: string;
  readonly document?: Counterexample;
  readonly problem?: string;
}

/** `iglu-conformance replay <file…>`: does saved counterexamples again, and resolves with the exit code. */
export async function replayCommand(
  paths: readonly string[],
  command: readonly string[],
  flags: ReplayCommandFlags,
): Promise<number> {
  const { named, passedOver } = await namedCounterexamples(paths);
  const options = replayOptions(command, flags);
  if (flags.print !== undefined) return print(flags.print, named, options);
  const text = textOptions(flags);
  const replayed = await interruptible(() => replayAll(named, options, flags, text), {
    begins: () => {},
    ends: () => {
      process.stderr.write('Interrupted; every plugin was ended.\n');
      return Promise.resolve();
    },
  });
  if (!flags.quiet) {
    if (replayed.length > 1) process.stdout.write(`\n${countToText(replayed, text)}`);
    if (passedOver.length > 0)
      process.stdout.write(
        `\nPassed over:\n${passedOver.map((line) => `    ${escapeControls(line)}\n`).join('')}`,
      );
  }
  return exitCode(replayed.map(({ replay: { verdict } }) => verdict));
}

/** One after the other: what depends on time is not judged among others. */
async function replayAll(
  named: readonly Named[],
  options: ReplayOptions,
  flags: ReplayCommandFlags,
  text: TextOptions,
): Promise<Replayed[]> {
  const replayed: Replayed[] = [];
  for (const { path, document, problem } of named) {
    const replayedOne: Replayed = {
      path,
      replay: document ? await replayOne(document, options) : unjudged(problem ?? ''),
      again: againCommand(path, options, flags),
      ...(document ? { document } : {}),
    };
    if (replayed.length > 0 && !flags.quiet) process.stdout.write('\n');
    process.stdout.write(replayToText(replayedOne, text));
    replayed.push(replayedOne);
  }
  return replayed;
}

/** One whose contract is missing, say, does not keep the others from being done. */
async function replayOne(document: Counterexample, options: ReplayOptions): Promise<Replay> {
  try {
    return await replay(document, options);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return unjudged(error.message);
  }
}

function unjudged(message: string): Replay {
  const nothing = { rate: null, key: null, expected: null, actual: null, evidence: null, notes: [] };
  return { verdict: 'unjudged', message, ...nothing };
}

/** 1 before 2 before 0. */
function exitCode(verdicts: readonly Replay['verdict'][]): number {
  if (verdicts.includes('still-failing') || verdicts.includes('different')) return EXIT.nonconformant;
  return verdicts.every((verdict) => verdict === 'fixed') ? EXIT.conformant : EXIT.notJudged;
}

/** @throws UsageError when a folder has no counterexample */
async function namedCounterexamples(
  paths: readonly string[],
): Promise<{ readonly named: readonly Named[]; readonly passedOver: readonly string[] }> {
  const named: Named[] = [];
  const passedOver: string[] = [];
  for (const path of paths) {
    const entry = await stat(path).catch(() => undefined);
    if (!entry?.isDirectory()) {
      named.push(await namedFile(path));
      continue;
    }
    const folder = await readCounterexamples(path);
    if (folder.found.length === 0)
      throw new UsageError(
        [`There is no counterexample in the folder ${path}.`, ...folder.passedOver].join('\n'),
      );
    named.push(...folder.found);
    passedOver.push(...folder.passedOver);
  }
  return { named, passedOver };
}

async function namedFile(path: string): Promise<Named> {
  try {
    return { path, document: await readCounterexample(path) };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { path, problem: error.message };
  }
}

function replayOptions(command: readonly string[], flags: ReplayCommandFlags): ReplayOptions {
  const { contract, cookie, inheritEnv, startTimeout, timeout, times } = flags;
  return {
    ...splitEnv(flags.env ?? []),
    ...(command.length === 0 ? {} : { command: command as Command }),
    ...(contract === undefined ? {} : { contract }),
    ...(cookie === undefined ? {} : { cookie: cookiePair(cookie) }),
    ...(inheritEnv ? { inheritEnv } : {}),
    ...(startTimeout === undefined ? {} : { startTimeoutMs: startTimeout }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(times === undefined ? {} : { times }),
  };
}

function cookiePair(word: string): NonNullable<ReplayOptions['cookie']> {
  const read = readFlags(['--cookie', word]);
  if ('problem' in read || !read.cookie)
    throw new UsageError(`--cookie wants KEY=VALUE, and got ${JSON.stringify(word)}.`);
  return read.cookie;
}

function againCommand(path: string, { command }: ReplayOptions, flags: ReplayCommandFlags): string[] {
  const { contract, cookie, env = [], inheritEnv, startTimeout, timeout } = flags;
  return [
    'npx',
    'iglu-conformance',
    'replay',
    path,
    ...(contract === undefined ? [] : ['--contract', contract]),
    ...(cookie === undefined ? [] : ['--cookie', cookie]),
    ...env.flatMap((word) => ['--env', word]),
    ...(inheritEnv ? ['--inherit-env'] : []),
    ...(startTimeout === undefined ? [] : ['--start-timeout', String(startTimeout)]),
    ...(timeout === undefined ? [] : ['--timeout', String(timeout)]),
    ...(command ? ['--', ...command] : []),
  ];
}

function textOptions({ verbose = false, quiet = false }: ReplayCommandFlags): TextOptions {
  const { columns } = process.stdout;
  return { style: terminalStyle(process.stdout), ...(columns ? { columns } : {}), verbose, quiet };
}

/** Prints a test to paste. */
async function print(
  kind: NonNullable<ReplayCommandFlags['print']>,
  named: readonly Named[],
  { command, contract }: ReplayOptions,
): Promise<number> {
  const [one, ...more] = named;
  if (!one || more.length > 0) throw new UsageError('--print takes one counterexample at a time.');
  const { document, problem = '' } = one;
  if (!document) throw new UsageError(problem);
  const subject = command ?? document.subject.command;
  if (kind === 'vitest') process.stdout.write(vitestTest(document, subject));
  else {
    const flags = readFlags(document.flags);
    const name = contract ?? ('problem' in flags ? undefined : flags.contract) ?? document.contract.name;
    process.stdout.write(
      goTest(document, typeof name === 'string' ? await loadContract(name) : name, subject),
    );
  }
  return EXIT.conformant;
}
