/** The only core protocol version there is (go-plugin server.go, `CoreProtocolVersion`). */
export const CORE_PROTOCOL_VERSION = 1;

/** Environment variables by which a host speaks to a plugin (go-plugin client.go, `Start`). */
export const ENV_PROTOCOL_VERSIONS = 'PLUGIN_PROTOCOL_VERSIONS';
export const ENV_MIN_PORT = 'PLUGIN_MIN_PORT';
export const ENV_MAX_PORT = 'PLUGIN_MAX_PORT';
export const ENV_CLIENT_CERT = 'PLUGIN_CLIENT_CERT';
export const ENV_MULTIPLEX_GRPC = 'PLUGIN_MULTIPLEX_GRPC';
export const ENV_UNIX_SOCKET_DIR = 'PLUGIN_UNIX_SOCKET_DIR';
export const ENV_UNIX_SOCKET_GROUP = 'PLUGIN_UNIX_SOCKET_GROUP';

/** The port range a host offers; plugins read it on Windows only (client.go, `NewClient`). */
export const DEFAULT_MIN_PORT = 10_000;
export const DEFAULT_MAX_PORT = 25_000;

/** Longest line a host's scanner takes, in bytes: bufio.MaxScanTokenSize. */
export const MAX_STDOUT_LINE_BYTES = 64 * 1024;

/** Fewer fields than this and a host says `Unrecognized remote plugin message` (client.go, `Start`). */
export const MIN_FIELDS = 4;

/** A sixth field of this many characters or fewer is not taken for a certificate (client.go, `Start`). */
export const MAX_IGNORED_CERT_CHARS = 50;

/** How long a host waits for the handshake line, in ms (client.go, `NewClient`: one minute). */
export const DEFAULT_START_TIMEOUT_MS = 60_000;
