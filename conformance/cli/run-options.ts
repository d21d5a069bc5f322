import { readFile } from 'node:fs/promises';
import {
  parseKnownFailing,
  withDefaults,
  type CheckOptions,
  type KnownFailing,
  type SharedOptions,
} from '../run/index.js';
import type { RunFlags } from './run-flags.js';
import { UsageError } from './usage-error.js';

/** What all subjects of a run share. @throws UsageError, RunError, ContractError */
export async function runOptions(flags: RunFlags): Promise<SharedOptions> {
  const { contract, cookie, only, skip, level, seed, startTimeout, timeout, knownFailing, runs, budget } =
    flags;
  const { requireAll, allowEffects, inheritEnv, env = [] } = flags;
  const options: { [K in keyof CheckOptions]: CheckOptions[K] | undefined } = {
    contract,
    cookie: cookie === undefined ? undefined : splitPair(cookie, '--cookie'),
    only,
    skip,
    level,
    requireAll,
    allowEffects,
    inheritEnv,
    ...splitEnv(env),
    knownFailing: knownFailing === undefined ? undefined : await readKnownFailing(knownFailing),
    seed,
    startTimeoutMs: startTimeout,
    timeoutMs: timeout,
    runs,
    budgetMs: budget,
  };
  return withDefaults(withoutUndefined(options));
}

/** Words of --env: those with a value, and names of our own variables. @throws UsageError */
export function splitEnv(words: readonly string[]): Required<Pick<CheckOptions, 'env' | 'passEnv'>> {
  const pairs = words.filter((word) => word.includes('=')).map((word) => splitPair(word, '--env'));
  return {
    env: Object.fromEntries(pairs.map(({ key, value }) => [key, value])),
    passEnv: words.filter((word) => !word.includes('=')),
  };
}

/** @throws UsageError */
export async function readKnownFailing(path: string): Promise<KnownFailing[]> {
  return parseKnownFailing(await readText(path));
}

function withoutUndefined<T extends object>(options: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as T;
}

function splitPair(word: string, option: string): { key: string; value: string } {
  const at = word.indexOf('=');
  if (at <= 0) throw new UsageError(`${option} wants KEY=VALUE, and got ${JSON.stringify(word)}.`);
  return { key: word.slice(0, at), value: word.slice(at + 1) };
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`The known-failing file ${path} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  });
}
