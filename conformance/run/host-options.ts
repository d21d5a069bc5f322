import { loadContract, type Contract } from '../../harness/contract/index.js';
import { DEFAULT_HOST_BUDGETS, type HostBudgets, type PluginPlace } from '../hosts/index.js';
import type { CheckResult } from '../report/index.js';
import type { Command } from './command.js';
import type { KnownFailing } from './known-failing.js';
import { passedOn } from './options.js';
import { hostResults, type RunHostOptions } from './run-host.js';
import type { Selection } from './select.js';
import { vetRun } from './vet.js';

/** What can be asked of a run on a host. Everything but the command has a default. */
export interface CheckHostOptions {
  /** The host and its arguments; `{plugin}` and `{plugins}` in them stand for paths. */
  readonly command: Command;
  /** What its plugins promise: a file, or the name of a built-in contract. `iglu` unless given. */
  readonly contract?: string;
  /** The host does what it is told over stdin and stdout (mocks/host/adapter/adapter.schema.json). */
  readonly adapter?: boolean;
  /** Where it looks for plugins, when neither its arguments nor its variables say so. */
  readonly place?: PluginPlace;
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  readonly level?: Selection['level'];
  readonly env?: Readonly<Record<string, string>>;
  /** Names of our variables to pass on. */
  readonly passEnv?: readonly string[];
  readonly inheritEnv?: boolean;
  readonly knownFailing?: readonly KnownFailing[];
  /** Hosts under way at a time: 2 unless given. */
  readonly parallel?: number;
  /** What the host is set to, and how long it may take. */
  readonly budgets?: Partial<HostBudgets>;
  onStart?(key: string): void;
  onResult?(result: CheckResult): void;
}

/**
 * Fills in what is usual, and refuses what cannot be meant.
 *
 * @throws ContractError when the contract cannot be used; RunError as `withDefaults` does
 */
export async function withHostDefaults(options: CheckHostOptions): Promise<RunHostOptions> {
  const { only = [], skip = [], level = 'may', knownFailing = [], place } = options;
  const contract: Contract = await loadContract(options.contract ?? 'iglu');
  const selection = { only, skip, level };
  vetRun(selection, knownFailing, hostResults());
  return {
    command: options.command,
    contract,
    adapter: options.adapter ?? false,
    ...(place ? { place } : {}),
    env: { ...passedOn(options.passEnv ?? []), ...options.env },
    inheritEnv: options.inheritEnv ?? false,
    budgets: { ...DEFAULT_HOST_BUDGETS, ...options.budgets },
    selection,
    knownFailing,
    parallel: options.parallel ?? 2,
    reproduceFlags: reproduceFlags(options),
    ...(options.onStart ? { onStart: options.onStart.bind(options) } : {}),
    ...(options.onResult ? { onResult: options.onResult.bind(options) } : {}),
  };
}

const FLAG_OF_BUDGET = {
  startTimeoutMs: '--start-timeout',
  timeoutMs: '--timeout',
  hangMs: '--hang-time',
  stopMs: '--stop-time',
} as const;

/** The flags without which a finding would not be seen again. */
function reproduceFlags({
  contract = 'iglu',
  adapter,
  place,
  env = {},
  passEnv = [],
  inheritEnv,
  budgets = {},
}: CheckHostOptions): string[] {
  const placed =
    place === undefined
      ? []
      : 'pluginAt' in place
        ? ['--plugin-at', place.pluginAt]
        : ['--plugins', place.pluginsFolder];
  return [
    ...(contract === 'iglu' ? [] : ['--contract', contract]),
    ...(adapter ? ['--adapter'] : []),
    ...placed,
    ...(inheritEnv ? ['--inherit-env'] : []),
    ...[...Object.entries(env).map(([key, value]) => `${key}=${value}`), ...passEnv].flatMap((word) => [
      '--env',
      word,
    ]),
    ...Object.entries(FLAG_OF_BUDGET).flatMap(([name, flag]) => {
      const ms = budgets[name as keyof typeof FLAG_OF_BUDGET];
      return ms === undefined ? [] : [flag, String(ms)];
    }),
  ];
}
