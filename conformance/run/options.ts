import { randomInt } from 'node:crypto';
import { loadContract, protocolOnlyContract, type Contract } from '../../harness/contract/index.js';
import type { Counterexample } from '../fuzz/index.js';
import type { CheckResult } from '../report/index.js';
import { DEFAULT_BUDGETS, methodTargets } from '../subject/index.js';
import { RunError } from './errors.js';
import type { KnownFailing } from './known-failing.js';
import { allResults } from './plan.js';
import type { RunPluginOptions } from './run-plugin.js';
import type { Selection } from './select.js';
import { vetRun } from './vet.js';

/** What can be asked of a run. Everything has a default; the names are those of the command line. */
export interface CheckOptions {
  /** What the plugin promises: a file, the name of a built-in contract, a loaded one, or `none`. `iglu` unless given. */
  readonly contract?: string | Contract;
  /** The magic cookie, instead of the contract's; needed with `none`. */
  readonly cookie?: { readonly key: string; readonly value: string };
  /** Globs of results: only these. `*` stays in a segment, `**` crosses, a bare area is the whole area. */
  readonly only?: readonly string[];
  /** Not these. */
  readonly skip?: readonly string[];
  /** Checks of this level and stricter: `may`, which is all, unless given. */
  readonly level?: Selection['level'];
  /** Every method of the contract must be there. */
  readonly requireAll?: boolean;
  /** Also call methods with external effects more than once. */
  readonly allowEffects?: boolean;
  /** Variables for the plugin; they stand in commands that reproduce findings. */
  readonly env?: Readonly<Record<string, string>>;
  /** Names of our variables to pass on; their values stand nowhere. */
  readonly passEnv?: readonly string[];
  /** Give the plugin our whole environment. */
  readonly inheritEnv?: boolean;
  readonly knownFailing?: readonly KnownFailing[];
  /** The seed of everything random; another one each time unless given. */
  readonly seed?: number;
  /** Launch to handshake, in ms: 60,000 unless given. */
  readonly startTimeoutMs?: number;
  /** One answer after it, in ms: 10,000 unless given. */
  readonly timeoutMs?: number;
  /** How often fuzzing calls each method, about: 1,000 times unless given. */
  readonly runs?: number;
  /** How long fuzzing looks for failures, in ms: 20,000 unless given. */
  readonly budgetMs?: number;
  /** Called when a check begins, with the key of its result. */
  onStart?(key: string): void;
  /** Called for each result as it comes. */
  onResult?(result: CheckResult): void;
  /** Called with the number of calls that fuzzing has made since it was called last. */
  onCalls?(count: number): void;
  /** Counterexamples of earlier runs, done first. */
  readonly saved?: readonly Counterexample[];
  /** Called with each counterexample as it is found, and again, with the same `id`, with each smaller one. */
  onCounterexample?(document: Counterexample, id: string): void;
}

/** Everything that subjects of a run share. */
export type SharedOptions = Omit<RunPluginOptions, 'command' | 'quiet'>;

/** What protocolOnlyContract is called. */
const NONE = 'none';

/**
 * Fills in what is usual, and refuses what cannot be meant.
 *
 * @throws ContractError when the contract cannot be used; RunError when a glob selects nothing, a known failure has the
 * key of no result, the cookie is missing, or a variable that is to be passed on
 */
export async function withDefaults(options: CheckOptions): Promise<SharedOptions> {
  const {
    only = [],
    skip = [],
    level = 'may',
    knownFailing = [],
    requireAll = false,
    allowEffects = false,
  } = options;
  const contract = await contractOf(options);
  const selection = { only, skip, level };
  vetRun(selection, knownFailing, allResults(methodTargets(contract, requireAll)));
  return {
    contract,
    protocolOnly: contract.name === NONE,
    selection,
    env: { ...passedOn(options.passEnv ?? []), ...options.env },
    inheritEnv: options.inheritEnv ?? false,
    requireAll,
    allowEffects,
    knownFailing,
    seed: options.seed ?? randomInt(2 ** 31),
    budgets: {
      ...DEFAULT_BUDGETS,
      ...(options.startTimeoutMs === undefined ? {} : { startTimeoutMs: options.startTimeoutMs }),
      ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs }),
      ...(options.runs === undefined ? {} : { runs: options.runs }),
      ...(options.budgetMs === undefined ? {} : { fuzzMs: options.budgetMs }),
    },
    reproduceFlags: reproduceFlags(options),
    ...(options.onStart ? { onStart: options.onStart.bind(options) } : {}),
    ...(options.onResult ? { onResult: options.onResult.bind(options) } : {}),
    ...(options.saved ? { saved: options.saved } : {}),
    ...(options.onCounterexample ? { onCounterexample: options.onCounterexample.bind(options) } : {}),
    ...(options.onCalls ? { onCalls: options.onCalls.bind(options) } : {}),
  };
}

async function contractOf({ contract: named = 'iglu', cookie }: CheckOptions): Promise<Contract> {
  if (named === NONE) {
    if (cookie) return protocolOnlyContract(cookie);
    throw new RunError(
      'COOKIE_MISSING',
      'Without a contract the magic cookie is needed: --cookie KEY=VALUE (it stands in the plugin’s HandshakeConfig).',
    );
  }
  const contract = typeof named === 'string' ? await loadContract(named) : named;
  if (!cookie) return contract;
  const handshake = { ...contract.handshake, magicCookieKey: cookie.key, magicCookieValue: cookie.value };
  return { ...contract, handshake };
}

/** Variables of ours, by their names. @throws RunError VARIABLE_MISSING */
export function passedOn(names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const value = process.env[name];
      if (value !== undefined) return [name, value];
      throw new RunError(
        'VARIABLE_MISSING',
        `--env ${name}: there is no such variable here; give it a value with --env ${name}=VALUE.`,
      );
    }),
  );
}

/** The flags without which a finding would not be seen again. */
function reproduceFlags(options: CheckOptions): string[] {
  const { contract = 'iglu', cookie, env = {}, passEnv = [], startTimeoutMs, timeoutMs } = options;
  const { runs, budgetMs } = options;
  const name = typeof contract === 'string' ? contract : contract.source;
  return [
    ...(name === 'iglu' ? [] : ['--contract', name]),
    ...(cookie ? ['--cookie', `${cookie.key}=${cookie.value}`] : []),
    ...(options.requireAll ? ['--require-all'] : []),
    ...(options.allowEffects ? ['--allow-effects'] : []),
    ...(options.inheritEnv ? ['--inherit-env'] : []),
    ...[...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...passEnv].flatMap((word) => [
      '--env',
      word,
    ]),
    ...(startTimeoutMs === undefined ? [] : ['--start-timeout', String(startTimeoutMs)]),
    ...(timeoutMs === undefined ? [] : ['--timeout', String(timeoutMs)]),
    ...(runs === undefined ? [] : ['--runs', String(runs)]),
    ...(budgetMs === undefined ? [] : ['--budget', String(budgetMs)]),
  ];
}
