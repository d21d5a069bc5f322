import { readFile } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { loadContract, protocolOnlyContract, type Contract } from '../../harness/contract/index.js';
import type { Level } from '../checks/index.js';
import { parseKnownFailing, type RunPluginOptions } from '../run/index.js';
import { DEFAULT_BUDGETS } from '../subject/index.js';
import { UsageError } from './usage-error.js';

/** The options of a run as commander reads them. */
export interface RunFlags {
  readonly contract: string;
  readonly cookie?: string;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly level: Level;
  readonly requireAll?: boolean;
  readonly allowEffects?: boolean;
  readonly env: readonly string[];
  readonly inheritEnv?: boolean;
  readonly seed?: number;
  readonly startTimeout?: number;
  readonly timeout?: number;
  readonly jobs?: number;
  readonly knownFailing?: string;
  readonly report: readonly string[];
  readonly verbose?: boolean;
  readonly quiet?: boolean;
}

/** Everything that all subjects of a run share. */
export type SharedRunOptions = Omit<RunPluginOptions, 'command' | 'onStart' | 'onResult' | 'quiet'>;

/** @throws UsageError, ContractError */
export async function sharedRunOptions(flags: RunFlags): Promise<SharedRunOptions> {
  const contract = await contractOf(flags);
  return {
    contract,
    protocolOnly: flags.contract === 'none',
    selection: { only: flags.only, skip: flags.skip, level: flags.level },
    env: environment(flags.env),
    inheritEnv: flags.inheritEnv ?? false,
    requireAll: flags.requireAll ?? false,
    allowEffects: flags.allowEffects ?? false,
    knownFailing: flags.knownFailing === undefined ? [] : parseKnownFailing(await readText(flags.knownFailing)),
    seed: flags.seed ?? randomInt(2 ** 31),
    budgets: {
      ...DEFAULT_BUDGETS,
      ...(flags.startTimeout === undefined ? {} : { startTimeoutMs: flags.startTimeout }),
      ...(flags.timeout === undefined ? {} : { timeoutMs: flags.timeout }),
    },
    reproduceFlags: reproduceFlags(flags),
  };
}

async function contractOf({ contract: name, cookie }: RunFlags): Promise<Contract> {
  const pair = cookie === undefined ? undefined : splitPair(cookie, '--cookie');
  if (name === 'none') {
    if (!pair) throw new UsageError('--contract none needs the magic cookie: --cookie KEY=VALUE (it stands in the plugin’s HandshakeConfig).');
    return protocolOnlyContract(pair);
  }
  const contract = await loadContract(name);
  if (!pair) return contract;
  return { ...contract, handshake: { ...contract.handshake, magicCookieKey: pair.key, magicCookieValue: pair.value } };
}

/** `K=V` sets a variable for the plugin; `K` alone passes ours on. */
function environment(words: readonly string[]): Record<string, string> {
  const env: Record<string, string> = {};
  for (const word of words) {
    if (word.includes('=')) {
      const { key, value } = splitPair(word, '--env');
      env[key] = value;
    } else {
      const value = process.env[word];
      if (value === undefined) throw new UsageError(`--env ${word}: there is no such variable here; give it a value with --env ${word}=VALUE.`);
      env[word] = value;
    }
  }
  return env;
}

function splitPair(word: string, option: string): { key: string; value: string } {
  const at = word.indexOf('=');
  if (at <= 0) throw new UsageError(`${option} wants KEY=VALUE, and got ${JSON.stringify(word)}.`);
  return { key: word.slice(0, at), value: word.slice(at + 1) };
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`, { cause: error });
  });
}

/** The flags without which a finding would not be seen again. */
function reproduceFlags(flags: RunFlags): string[] {
  return [
    ...(flags.contract === 'iglu' ? [] : ['--contract', flags.contract]),
    ...(flags.cookie === undefined ? [] : ['--cookie', flags.cookie]),
    ...(flags.requireAll ? ['--require-all'] : []),
    ...(flags.allowEffects ? ['--allow-effects'] : []),
    ...(flags.inheritEnv ? ['--inherit-env'] : []),
    ...flags.env.flatMap((word) => ['--env', word]),
    ...(flags.startTimeout === undefined ? [] : ['--start-timeout', String(flags.startTimeout)]),
    ...(flags.timeout === undefined ? [] : ['--timeout', String(flags.timeout)]),
  ];
}
