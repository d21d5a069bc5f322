import type { Contract } from '../../../harness/contract/index.js';
import type { GobType } from '../../../harness/gob/index.js';
import type { Value } from '../../../harness/value/index.js';
import type { MockHandlers } from '../mock-plugin.js';
import type { Recorder } from './recorder.js';

/** Why a plugin is about to end. */
export type EndReason = 'quit' | 'signal' | 'host-gone';

/** The plugin, as a behaviour gets hold of it. */
export interface WatchedPlugin {
  readonly recorder: Recorder;
  /** Breaks all connections; the process goes on. */
  breakConnections(): void;
  /** Ends the process in 90 seconds at the latest: a broken host must leave nothing for ever. */
  boundLife(): void;
}

/** One thing that a watched plugin does otherwise than a good one. Whatever is missing is done as it should be. */
export interface Behaviour {
  /** What the plugin does, as the end of the sentence "a plugin that …". */
  readonly title: string;
  /** The cookie is right, and the plugin does not listen yet. */
  beforeListening?(): void | Promise<void>;
  /** The handshake line as it is printed; null prints none. */
  announce?(line: string): string | null;
  /** The line was printed. Calls are answered when this is done. */
  afterHandshake?(plugin: WatchedPlugin): void | Promise<void>;
  /** What answers instead of the contract's samples. */
  handlers?(contract: Contract): MockHandlers;
  /** Before the n-th call, from 0, is answered; what cannot be decoded is not counted. What it throws is the answer. */
  beforeAnswer?(n: number): void | Promise<void>;
  /** After the n-th answer. */
  afterAnswer?(n: number, plugin: WatchedPlugin): void;
  /** What is sent where a reply of the type belongs. */
  reply?(expected: GobType): { readonly type: GobType; readonly value: Value };
  /** What is done where a good plugin would end; `end` is what it would do. */
  end?(reason: EndReason, plugin: WatchedPlugin, end: () => void): void | Promise<void>;
}
