import type { GobType } from '../gob/types.js';
import type { Value } from '../value/index.js';
import type { BrokerId } from './broker-ids.js';
import type { ContractDocument } from './document.js';
import type { ValueSource } from './value-sources.js';
import type { Violation } from './violations.js';

/** What a plugin promises, read from one JSON document. The format is described in docs/contract.md. */
export interface Contract {
  readonly name: string;
  /** Where it was read from: a path, or the name of a built-in contract. */
  readonly source: string;
  /** Of the document as `JSON.stringify` writes it, in hexadecimal: white space in the file does not count. */
  readonly sha256: string;
  readonly handshake: Handshake;
  /** Never two instances at a time. */
  readonly exclusive: boolean;
  /** By the name that a host dispenses. */
  readonly plugins: ReadonlyMap<string, PluginContract>;
  /** The concrete error types that hosts have registered, by gob name. */
  readonly errorTypes: ReadonlyMap<string, GobType>;
  /** What the host serves over the broker. */
  readonly hostServices: ReadonlyMap<string, ServiceContract>;
  /** The path of a module with properties over several methods, as the document has it. */
  readonly laws?: string;
  /** The document itself. */
  readonly json: ContractDocument;
}

/** go-plugin's HandshakeConfig, with all versions of VersionedPlugins. */
export interface Handshake {
  readonly protocolVersions: readonly number[];
  readonly magicCookieKey: string;
  readonly magicCookieValue: string;
}

export interface PluginContract {
  readonly name: string;
  readonly transport: 'netrpc' | 'grpc';
  readonly methods: ReadonlyMap<string, MethodContract>;
  /** Full names of gRPC services; empty for net/rpc. */
  readonly services: readonly string[];
}

export interface ServiceContract {
  readonly name: string;
  readonly methods: ReadonlyMap<string, MethodContract>;
}

export interface MethodContract {
  readonly name: string;
  /** The plugin must register it. */
  readonly required: boolean;
  /** Called once for each process, straight after the first dispense. */
  readonly once: boolean;
  /** Answers the same every time. */
  readonly stable: boolean;
  /** The order of lists in the reply means nothing. */
  readonly unordered: boolean;
  /** Calling it changes nothing. */
  readonly readOnly: boolean;
  readonly effects: 'none' | 'local' | 'external';
  /** The interface type for `null`, Go's `new(interface{})`. */
  readonly args: GobType;
  readonly reply: GobType;
  /** False when the arguments are `null`, Go's `new(interface{})`. */
  readonly hasArgs: boolean;
  /**
   * Valid arguments, made anew for each call. `smallest` (the default) is as little as the contract allows; in
   * `unlikely`, texts that may be anything are {@link UNLIKELY_TEXT} and numbers near {@link UNLIKELY_NUMBER}, lists
   * have an element, and what the contract narrows down stays valid.
   */
  sampleArgs(style?: 'smallest' | 'unlikely'): Value;
  /** The n-th (from 0) of a family of valid arguments: distinct wherever the contract leaves room for it. */
  variedArgs(n: number): Value;
  /** The smallest valid reply; it keeps the conventions too where that is possible. */
  sampleReply(): Value;
  /** Broker ids in the arguments, on which the host serves during the call. Samples have an ordinary number there. */
  readonly brokerIds: readonly BrokerId[];
  /** Arguments whose values another method's reply names. */
  readonly valueSources: readonly ValueSource[];
  /**
   * What the value breaks of what must hold of it. The value is a complete one: zero values are filled in.
   *
   * @throws ValueError `VALUE_TOO_DEEP`
   */
  violationsOfArgs(value: Value): Violation[];
  /** The same for a reply. */
  violationsOfReply(value: Value): Violation[];
  /** What a reply breaks of the conventions, without what must hold there and does not. */
  conventionsOfReply(value: Value): Violation[];
  /** Whether the reply has any conventions. */
  readonly hasConventions: boolean;
}
