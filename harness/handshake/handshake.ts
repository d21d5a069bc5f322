import type { PluginAddress } from './address.js';

export type PluginProtocol = 'netrpc' | 'grpc';

/** A handshake that a go-plugin host would accept. */
export interface Handshake {
  /** The line as printed, trimmed. */
  readonly line: string;
  readonly coreVersion: number;
  readonly protocolVersion: number;
  readonly address: PluginAddress;
  readonly protocol: PluginProtocol;
  /** The plugin's AutoMTLS certificate as DER; `null` when it printed none. */
  readonly certificate: Buffer | null;
  /** Field 7, broker multiplexing; `null` when it was not printed. What is no boolean counts as `false`. */
  readonly multiplex: boolean | null;
}

export interface HandshakeExpectations {
  /** Versions the host serves. `null` accepts any. */
  readonly versions: readonly number[] | null;
  readonly protocols: readonly PluginProtocol[];
  /** Whether the host asked for broker multiplexing. */
  readonly multiplex: boolean;
  /** Whether the host asked for AutoMTLS; without it a certificate crashes go-plugin's own host. */
  readonly autoMtls: boolean;
  /** The folder that a relative socket path starts from. */
  readonly cwd: string;
}
