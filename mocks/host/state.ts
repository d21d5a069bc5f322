import type { Value } from '../../harness/value/index.js';

/** The seed's states and their numbers: `const ( Stopped = iota; Running; Crashed )`. */
export const PLUGIN_STATES = { Stopped: 0, Running: 1, Crashed: 2 } as const;

/**
 * - `Stopped`: it has no process, and nothing went wrong with the last one.
 * - `Running`: it was loaded, and can be called.
 * - `Crashed`: its process ended, its connection died or it hung while it was `Running`.
 */
export type PluginState = keyof typeof PLUGIN_STATES;

/**
 * Why a plugin that was `Running` is not so any more, with one sentence about it.
 *
 * - `exit`: the process ended by itself, or a signal ended it.
 * - `connection`: the process lived on, and nobody answers at the other end of the connection.
 * - `hang`: a ping got no answer in time.
 */
export type CrashReason =
  | {
      readonly kind: 'exit';
      /** null when a signal ended it. */
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly text: string;
    }
  | { readonly kind: 'connection' | 'hang'; readonly text: string };

/** One change of a plugin's state. */
export interface StateChange {
  readonly id: string;
  readonly from: PluginState;
  readonly to: PluginState;
  /** In milliseconds of `performance.now()`: for measuring. */
  readonly at: number;
  /** In milliseconds of `Date.now()`: for telling people. */
  readonly time: number;
  /** Of a change to `Crashed`; of none other. */
  readonly reason?: CrashReason;
}

/** A plugin as it is at one moment. */
export interface PluginInfo {
  /** `Manifest.Id` where the contract's GetManifest has one, else the name of the file. */
  readonly id: string;
  /** Absolute, unless the command is a name on PATH. */
  readonly file: string;
  readonly command: readonly [string, ...string[]];
  readonly state: PluginState;
  /** While `Crashed`. */
  readonly reason?: CrashReason;
  /** While `Running`. */
  readonly pid?: number;
  /**
   * What the last process answered to GetManifest: the struct `Manifest`, or the whole reply where there is none in
   * it. It stays when the plugin stops or crashes. `undefined` when the contract has no GetManifest.
   */
  readonly manifest: Value | undefined;
}
