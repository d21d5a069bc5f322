import {
  DEFAULT_MAX_PORT,
  DEFAULT_MIN_PORT,
  ENV_CLIENT_CERT,
  ENV_MAX_PORT,
  ENV_MIN_PORT,
  ENV_MULTIPLEX_GRPC,
  ENV_PROTOCOL_VERSIONS,
} from './constants.js';

/** What a host tells a plugin before it starts. */
export interface HandshakeOffer {
  /** The magic cookie; `null` leaves it out, as when somebody runs the plugin by hand. */
  readonly cookie: { readonly key: string; readonly value: string } | null;
  /** Versions in the order they are to be written; `null` leaves the variable out, as old hosts do. */
  readonly versions: readonly number[] | null;
  /** The host's certificate as PEM: asks for AutoMTLS. */
  readonly clientCertificate?: string;
  /** Asks for gRPC broker multiplexing: only then may the plugin print a seventh field. */
  readonly multiplex?: boolean;
}

/** The variables a go-plugin host sets for a plugin (client.go, `Start`). */
export function handshakeEnvironment(offer: HandshakeOffer): Record<string, string> {
  const env: Record<string, string> = {
    [ENV_MIN_PORT]: String(DEFAULT_MIN_PORT),
    [ENV_MAX_PORT]: String(DEFAULT_MAX_PORT),
  };
  if (offer.cookie) env[offer.cookie.key] = offer.cookie.value;
  if (offer.versions) env[ENV_PROTOCOL_VERSIONS] = offer.versions.join(',');
  if (offer.clientCertificate !== undefined) env[ENV_CLIENT_CERT] = offer.clientCertificate;
  if (offer.multiplex) env[ENV_MULTIPLEX_GRPC] = 'true';
  return env;
}
