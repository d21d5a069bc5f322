import type { LeftFile, ProcessInfo } from '../../harness/launch/index.js';
import type { BehaviourName, WatchedRun } from '../../mocks/plugins/index.js';

/**
 * Where the host looks for plugins. A relative path is taken from the host's cwd, which is a fresh folder; an absolute
 * one is the host's own, and nothing that is there is touched.
 *
 * Without it, `{plugin}` in the host's arguments and environment stands for the plugin's path, `{plugins}` for a fresh
 * folder with nothing in it but the plugin.
 */
export type PluginPlace =
  | { readonly pluginAt: string }
  | {
      readonly pluginsFolder: string;
      /** The plugin's name in the folder; `watched` unless given. */
      readonly name?: string;
    };

export interface ObserveHostOptions {
  /** The host: a path, or a name on PATH, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** What the plugin does. */
  readonly behaviour: BehaviourName;
  /** The name of a built-in contract, or the path of a contract file. */
  readonly contract: string;
  readonly place?: PluginPlace;
  /** Set for the host besides the allow list of harness/launch; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly inheritEnv?: boolean;
  /** 'open' (the default): a pipe that stays silent and open. 'closed': /dev/null. */
  readonly stdin?: 'open' | 'closed';
  /** How long to look, in ms. */
  readonly timeoutMs: number;
  /** Looked at while the host runs, some twenty times a second: once true, no more is looked at. */
  readonly until?: (record: readonly WatchedRun[]) => boolean;
  /** Sent to the host, once, as soon as `when` is true. */
  readonly signal?: {
    readonly name: NodeJS.Signals;
    readonly when: (record: readonly WatchedRun[]) => boolean;
  };
  /** How long what the host has left behind may take to end by itself before it is looked at again; 3000 ms. */
  readonly settleMs?: number;
}

export interface HostEnd {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** In ms of `Date.now()`, as the events of the record. */
  readonly at: number;
}

/** What a host did with a watched plugin, and what was left of both. */
export interface HostRun {
  /** In ms of `Date.now()`. */
  readonly startedAt: number;
  readonly pid: number;
  /** The plugin's path. */
  readonly plugin: string;
  /** undefined: it was still running when the time was over, or `until` was true. */
  readonly ended: HostEnd | undefined;
  /** When the signal was sent, in ms of `Date.now()`. */
  readonly signalledAt: number | undefined;
  /** The first 128 KiB and the last 64 KiB. */
  readonly stdout: string;
  readonly stderr: string;
  /** One run for each time that the host launched the plugin. */
  readonly record: readonly WatchedRun[];
  /** Whatever came of the host, plugins and all. */
  readonly children: {
    /** All that were seen while it ran; what lived for less than about 50 ms may be missing. */
    readonly during: readonly ProcessInfo[];
    /** Alive when the host had just ended; undefined when it did not end. */
    readonly atEnd: readonly ProcessInfo[] | undefined;
    /** …and still alive after `settleMs`. */
    readonly after: readonly ProcessInfo[] | undefined;
  };
  /** What is in the host's cwd, home and temp folder in the end, the watched plugin itself left out. */
  readonly filesLeft: readonly LeftFile[];
  /** What could not be ended even with SIGKILL. */
  readonly survivors: readonly ProcessInfo[];
}
