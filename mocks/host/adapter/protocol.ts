import type { JsonValue } from '../../../harness/value/index.js';
import type { CrashReason, PluginState } from '../state.js';

// What a host under test and its driver say to each other: JSON-RPC 2.0, one JSON document a line, over the host's
// stdin and stdout. adapter.schema.json is the same for other languages, with every word explained.

/** A plugin as its host holds it. */
export interface AdapterPlugin {
  readonly id: string;
  readonly state: PluginState;
  /** While `Crashed`. */
  readonly reason?: { readonly kind: CrashReason['kind']; readonly text: string };
  /** While it has a process. */
  readonly pid?: number;
  readonly file?: string;
  /** The struct in the reply of GetManifest, in the tagged JSON form of harness/value. */
  readonly manifest?: JsonValue;
}

/** An entry of a folder that is no plugin of this host. */
export interface AdapterProblem {
  readonly file: string;
  readonly message: string;
}

/** What each request takes and gives. */
export interface AdapterMethods {
  readonly load: {
    readonly params: { readonly dir: string };
    readonly result: {
      readonly plugins: readonly AdapterPlugin[];
      readonly problems: readonly AdapterProblem[];
    };
  };
  readonly list: {
    readonly params: Readonly<Record<string, never>>;
    readonly result: { readonly plugins: readonly AdapterPlugin[] };
  };
  readonly call: {
    readonly params: { readonly id: string; readonly method: string; readonly args?: JsonValue };
    readonly result: { readonly reply: JsonValue };
  };
  readonly start: AdapterOperation;
  readonly stop: AdapterOperation;
  readonly reload: AdapterOperation;
  readonly unload: {
    readonly params: { readonly id: string };
    readonly result: Readonly<Record<string, never>>;
  };
  readonly shutdown: {
    readonly params: Readonly<Record<string, never>>;
    readonly result: Readonly<Record<string, never>>;
  };
}

interface AdapterOperation {
  readonly params: { readonly id: string };
  readonly result: { readonly plugin: AdapterPlugin };
}

export type AdapterMethod = keyof AdapterMethods;

/** A request, its method and what that takes. */
export type AdapterRequest = {
  [M in AdapterMethod]: { readonly method: M; readonly params: AdapterMethods[M]['params'] };
}[AdapterMethod];

export type AdapterResult = AdapterMethods[AdapterMethod]['result'];

/** Params of the notification `state`: a plugin as it is now, and the state that it had. */
export interface AdapterStateChange {
  readonly plugin: AdapterPlugin;
  readonly from: PluginState;
}

/** Why a host did not do what was asked for. */
export type AdapterErrorKind =
  | 'unknown-plugin'
  | 'not-running'
  | 'already-running'
  | 'start-failed'
  | 'plugin-error'
  | 'lost'
  | 'timeout'
  | 'bad-request'
  | 'other';

export type RequestId = string | number;

/** The `error` of an answer. */
export interface AdapterErrorObject {
  readonly code: number;
  readonly message: string;
  /** Beside {@link HOST_ERROR}. */
  readonly data?: { readonly kind: AdapterErrorKind };
}

/** JSON-RPC 2.0, section 5.1: the text is no JSON. */
export const PARSE_ERROR = -32700;
/** JSON-RPC 2.0, section 5.1: the JSON is no request. */
export const INVALID_REQUEST = -32600;
/** JSON-RPC 2.0, section 5.1: there is no such method. */
export const METHOD_NOT_FOUND = -32601;
/** JSON-RPC 2.0, section 5.1: the params are not the method's. */
export const INVALID_PARAMS = -32602;
/** The request was understood, and the host could not do it: `data.kind` says why. */
export const HOST_ERROR = 1;

/** Bytes of one line to the host, its line feed left out: room for arguments of many MiB. */
export const MAX_LINE_BYTES = 64 * 1024 * 1024;
