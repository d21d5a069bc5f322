import { resolve } from 'node:path';
import type { Contract, PluginContract } from '../../harness/contract/index.js';
import { DEFAULT_START_TIMEOUT_MS } from '../../harness/handshake/index.js';
import { HostError } from './errors.js';

/** How often a plugin that crashed is started again. */
export interface RestartPolicy {
  /** Restarts in a row until the plugin stays Crashed, at least 1. One that fails counts too. */
  readonly limit: number;
  /** From a crash to the first restart in a row; each further one waits twice as long. 500 by default. */
  readonly backoffMs: number;
  /** No restart waits longer; 30 000 by default. */
  readonly maxBackoffMs: number;
  /** After so long without a crash the count begins anew; 60 000 by default. */
  readonly quietMs: number;
}

export interface HostOptions {
  readonly contract: Contract;
  /** The name to dispense; needed only when the contract has several plugins over net/rpc. */
  readonly plugin?: string;
  /** What `loadFolder` loads; `./plugins` by default, as in the seed. */
  readonly pluginFolder?: string;
  /** From the launch to the handshake line; 60 000 by default, as in go-plugin. */
  readonly startTimeoutMs?: number;
  /** For connecting, and for each call; 10 000 by default. */
  readonly callTimeoutMs?: number;
  /** From Quit to SIGKILL; 2 000 by default, as in go-plugin. */
  readonly stopTimeoutMs?: number;
  /** From a ping's answer to the next ping; 2 000 by default. */
  readonly pingIntervalMs?: number;
  /** How long an answer to a ping may take until the plugin counts as hanging; 5 000 by default. */
  readonly pingTimeoutMs?: number;
  /** Set for every plugin, beside what go-plugin sets. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hand our own environment on to plugins. A go-plugin host does; here it has to be asked for. */
  readonly inheritEnv?: boolean;
  /** Ask plugins for AutoMTLS. */
  readonly autoMtls?: boolean;
  /** On SIGINT, SIGTERM and SIGHUP, end every plugin and exit. */
  readonly manageSignals?: boolean;
  /** Start plugins again that crash; off by default. All times are above 0 and at most 2 147 483 647 ms. */
  readonly restart?: Pick<RestartPolicy, 'limit'> & Partial<RestartPolicy>;
}

/** The options with everything filled in. */
export interface Settings extends Required<Omit<HostOptions, 'plugin' | 'restart'>> {
  readonly plugin: PluginContract;
  readonly restart: RestartPolicy | undefined;
}

/** setTimeout fires at once for more than this (Node's TIMEOUT_MAX). */
const LONGEST_MS = 2 ** 31 - 1;

const TIMES = [
  'startTimeoutMs',
  'callTimeoutMs',
  'stopTimeoutMs',
  'pingIntervalMs',
  'pingTimeoutMs',
] as const;

/** @throws HostError HOST_OPTIONS */
export function readOptions(options: HostOptions): Settings {
  const settings: Settings = {
    contract: options.contract,
    plugin: pluginOf(options),
    pluginFolder: resolve(options.pluginFolder ?? 'plugins'),
    startTimeoutMs: options.startTimeoutMs ?? DEFAULT_START_TIMEOUT_MS,
    callTimeoutMs: options.callTimeoutMs ?? 10_000,
    // client.go, `Kill`: "wait for it to exit gracefully".
    stopTimeoutMs: options.stopTimeoutMs ?? 2_000,
    pingIntervalMs: options.pingIntervalMs ?? 2_000,
    pingTimeoutMs: options.pingTimeoutMs ?? 5_000,
    env: options.env ?? {},
    inheritEnv: options.inheritEnv ?? false,
    autoMtls: options.autoMtls ?? false,
    manageSignals: options.manageSignals ?? false,
    restart: options.restart && readRestart(options.restart),
  };
  for (const name of TIMES) checkTime(name, settings[name]);
  return settings;
}

function readRestart(given: NonNullable<HostOptions['restart']>): RestartPolicy {
  const { limit, backoffMs = 500, maxBackoffMs = 30_000, quietMs = 60_000 } = given;
  if (!Number.isSafeInteger(limit) || limit < 1)
    throw new HostError('HOST_OPTIONS', `restart.limit is ${limit}; it has to be a whole number above 0.`);
  const times = { backoffMs, maxBackoffMs, quietMs };
  for (const [name, ms] of Object.entries(times)) checkTime(`restart.${name}`, ms);
  return { limit, ...times };
}

function checkTime(name: string, ms: number): void {
  if (ms > 0 && ms <= LONGEST_MS) return;
  throw new HostError('HOST_OPTIONS', `${name} is ${ms}; it has to be above 0 and at most ${LONGEST_MS} ms.`);
}

function pluginOf({ contract, plugin: name }: HostOptions): PluginContract {
  const plugins = [...contract.plugins.values()].filter(({ transport }) => transport === 'netrpc');
  const [plugin, another] =
    name === undefined ? plugins : plugins.filter((candidate) => candidate.name === name);
  if (plugin && !another) return plugin;
  const names = plugins.map((candidate) => candidate.name).join(', ') || 'none';
  const asked = name === undefined ? 'one to dispense has to be named' : `${name} was asked for`;
  throw new HostError(
    'HOST_OPTIONS',
    `The contract ${contract.name} has these plugins over net/rpc: ${names}; ${asked}.`,
  );
}
