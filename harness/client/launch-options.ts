import type { PluginContract } from '../contract/index.js';
import type { HandshakeOffer, PluginProtocol } from '../handshake/index.js';

export interface LaunchOptions {
  readonly command: readonly [string, ...string[]];
  readonly cookie: HandshakeOffer['cookie'];
  readonly versions: HandshakeOffer['versions'];
  /** Transports that the host speaks. */
  readonly protocols?: readonly PluginProtocol[];
  readonly plugins?: ReadonlyMap<string, PluginContract>;
  /** Ask for AutoMTLS. */
  readonly autoMtls?: boolean;
  /** Versions that count as understood; those offered, unless given. `null`: any. */
  readonly acceptedVersions?: readonly number[] | null;
  readonly startTimeoutMs?: number;
  readonly callTimeoutMs?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly inheritEnv?: boolean;
  readonly stdin?: 'open' | 'closed';
  /** A temp folder whose path is at least this many characters long. */
  readonly tmpdirMinLength?: number;
  readonly recordFrames?: boolean;
}

/** Default time for connecting and for one call, in ms. */
export const DEFAULT_CALL_TIMEOUT_MS = 10_000;
