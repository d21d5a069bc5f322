import type { JsonValue } from '../../../harness/value/index.js';
import type { SessionEnd } from '../../../harness/yamux/index.js';

/** What stdin, or another descriptor, is: a host should give a plugin something that it can read without harm. */
export type DescriptorKind = 'pipe' | 'socket' | 'terminal' | 'null' | 'file' | 'device' | 'closed';

/** What there is to tell of each event, by its name. */
interface Details {
  /** The process runs; nothing was looked at yet but what the host gave it. */
  readonly launched: {
    /** The plugin's path and its arguments. */
    readonly argv: readonly string[];
    readonly cwd: string;
    readonly ppid: number;
    /** The names of all variables, sorted. Their values may be secrets. */
    readonly environment: readonly string[];
    readonly cookie: 'right' | 'wrong' | 'absent';
    /** PLUGIN_PROTOCOL_VERSIONS as it stands there. */
    readonly versions: string | null;
    /** PLUGIN_MULTIPLEX_GRPC, PLUGIN_CLIENT_CERT and PLUGIN_UNIX_SOCKET_DIR are there. */
    readonly multiplex: boolean;
    readonly autoMtls: boolean;
    readonly socketDir: boolean;
    readonly stdin: DescriptorKind;
  };
  /** Without the right cookie the plugin does not serve. */
  readonly refused: object;
  /** The line is about to be printed. A behaviour that prints none has no such event. */
  readonly handshake: { readonly line: string };
  /** `n` counts the process's connections from 0. */
  readonly connection: { readonly n: number; readonly tls: boolean };
  /** The host opened a stream; `index` counts those of one connection, and the first three have a meaning. */
  readonly stream: {
    readonly connection: number;
    readonly index: number;
    readonly use: 'control' | 'stdout' | 'stderr' | 'brokered';
  };
  readonly dispense: { readonly connection: number; readonly name: string; readonly known: boolean };
  /** `n` counts the calls of the process from 0, over all plugins and connections. */
  readonly call: {
    readonly n: number;
    /** The name under which the host dispensed the plugin. */
    readonly plugin: string;
    readonly service: string;
    readonly method: string;
    /** False for a method that the contract does not have; such a call has no `answered`. */
    readonly known: boolean;
    /** In the tagged JSON form of harness/value; as a text that was cut when `cut` is true. */
    readonly args?: JsonValue;
    readonly cut?: true;
    /** The type of arguments that gob cannot decode into the contract's; such a call has no `answered`. */
    readonly misfit?: string;
  };
  /** The answer was handed to the connection. `error` is its text, if it was one. */
  readonly answered: { readonly n: number; readonly error?: string };
  readonly ping: { readonly connection: number };
  readonly quit: { readonly connection: number };
  readonly signal: { readonly name: NodeJS.Signals };
  readonly 'connection-closed': {
    readonly n: number;
    /** 'local': by the plugin. The others are the host's doing, or the transport's. */
    readonly how: SessionEnd['reason'];
    readonly error?: string;
  };
  /** Nobody reads our stdout any more, and nobody is connected. */
  readonly 'host-gone': object;
  /** A process that the plugin started, as `leaves-a-child` does. */
  readonly child: { readonly childPid: number };
  /** What was to be done after Quit is done: the host gave the plugin time for it. */
  readonly 'cleaned-up': { readonly file: string };
  /** So much was told that the rest is left out, save how it ends. */
  readonly cut: object;
  /** The process ends in order. After SIGKILL there is none. */
  readonly exit: { readonly code: number | null; readonly signal?: NodeJS.Signals };
}

export type WatchedEventName = keyof Details;

export type DetailsOf<Name extends WatchedEventName> = Details[Name];

/** One event, by its name. */
export type WatchedEventOf<Name extends WatchedEventName> = {
  readonly event: Name;
  /** Milliseconds of `Date.now()`. */
  readonly at: number;
  /** Milliseconds since the process began; never goes back. */
  readonly uptime: number;
} & DetailsOf<Name>;

export type WatchedEvent = { [Name in WatchedEventName]: WatchedEventOf<Name> }[WatchedEventName];

/** One launch of a watched plugin: what became of it, in order. */
export interface WatchedRun {
  readonly pid: number;
  readonly events: readonly WatchedEvent[];
}
