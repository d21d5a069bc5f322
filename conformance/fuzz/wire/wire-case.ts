import type { Layer } from './mutation.js';

/** How the sender leaves: at once, by ending its own half, or not at all for a while. */
export type Ending = 'close' | 'half-close' | 'hold';

/** Bytes that go out together. */
export interface WirePart {
  readonly bytes: Uint8Array;
  /** Sent after the plugin has answered Dispense, or has shown that it will not. */
  readonly dispensed: boolean;
  /** Where in the bytes the broker id goes that the plugin answered, as a uint32, little endian. */
  readonly brokerIdAt: readonly number[];
}

/** A malformed conversation as data: the same bytes can be sent again without what made them. */
export interface WireCase {
  readonly kind: 'wire';
  readonly layer: Layer | 'tls';
  /** What is wrong with it, in words. */
  readonly mutations: readonly string[];
  readonly parts: readonly WirePart[];
  /** Stands in the bytes where the plugin answers no broker id. */
  readonly brokerId: number;
  readonly ending: Ending;
}

/** What was sent instead of an honest handshake environment, as data. */
export interface EnvironmentCase {
  readonly kind: 'environment';
  readonly mutations: readonly string[];
  /** Beside the honest variables, and instead of them; `null` takes one away. */
  readonly env: Readonly<Record<string, string | null>>;
}
