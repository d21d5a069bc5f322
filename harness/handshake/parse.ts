import { X509Certificate } from 'node:crypto';
import { parseTcpAddress, parseUnixAddress, type PluginAddress } from './address.js';
import { CORE_PROTOCOL_VERSION, MAX_IGNORED_CERT_CHARS, MIN_FIELDS } from './constants.js';
import { HandshakeError, type HandshakeErrorCode, type HandshakeField } from './errors.js';

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
  /** Field 7: broker multiplexing; `null` when it was not printed. */
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

// Go's strings.TrimSpace; unlike JavaScript's trim it leaves a byte order mark standing.
const GO_SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g;

/**
 * Reads a handshake line as go-plugin's client does, field by field and in its order (client.go, `Start`).
 *
 * @throws HandshakeError naming the first field that a host would refuse.
 */
export function parseHandshake(rawLine: string, expect: HandshakeExpectations): Handshake {
  const line = rawLine.replace(GO_SPACE, '');
  const refuse = (code: HandshakeErrorCode, field: HandshakeField, problem: string, hint: string): never => {
    throw new HandshakeError({ code, field, problem, hint, line });
  };
  const fields = line.split('|');
  if (fields.length < MIN_FIELDS) {
    refuse(
      'HANDSHAKE_UNRECOGNIZED',
      'line',
      `The first line of stdout is not a handshake: it has ${fields.length} of at least ${MIN_FIELDS} fields separated by "|".`,
      'Whatever is printed before go-plugin’s own line (fmt.Println, a banner, a log library, an init function) must go to stderr instead.',
    );
  }
  const [core = '', app = '', network = '', addressText = '', protocolText, certText, multiplexText] = fields;

  const coreVersion = atoi(core);
  if (coreVersion !== CORE_PROTOCOL_VERSION) {
    const packer = fields.length === MIN_FIELDS ? ' Packer plugins print such a line: Packer is not wire-compatible with go-plugin.' : '';
    refuse(
      'HANDSHAKE_CORE_VERSION',
      'core-version',
      coreVersion === undefined
        ? `Field 1, the core protocol version, is not a number: ${JSON.stringify(core)}.`
        : `Field 1, the core protocol version, is ${coreVersion}; the only one there is is ${CORE_PROTOCOL_VERSION}.`,
      `Print 1|… with no byte order mark or space inside the field.${packer}`,
    );
  }

  const protocolVersion = atoi(app);
  if (protocolVersion === undefined) {
    return refuse(
      'HANDSHAKE_APP_VERSION',
      'app-version',
      `Field 2, the plugin’s protocol version, is not a number: ${JSON.stringify(app)}.`,
      'Print the version as a decimal number.',
    );
  }
  if (expect.versions && !expect.versions.includes(protocolVersion)) {
    refuse(
      'HANDSHAKE_INCOMPATIBLE_VERSION',
      'app-version',
      `The plugin speaks protocol version ${protocolVersion}; the host offered ${expect.versions.join(', ')}.`,
      'Build the plugin with the host’s ProtocolVersion, or serve that version too with VersionedPlugins.',
    );
  }

  const address = network === 'unix' ? parseUnixAddress(addressText, expect.cwd) : parseTcpAddress(addressText);
  if (network !== 'unix' && network !== 'tcp') {
    return refuse(
      'HANDSHAKE_NETWORK',
      'network',
      `Field 3, the network, is ${JSON.stringify(network)}; a host knows unix and tcp.`,
      'Print unix or tcp, in lower case.',
    );
  }
  if ('problem' in address) return refuse('HANDSHAKE_ADDRESS', 'address', address.problem, address.hint);

  // Absent means net/rpc; present but empty does not (client.go compares the text as it stands).
  const protocol = protocolText ?? 'netrpc';
  if (protocol !== 'netrpc' && protocol !== 'grpc') {
    return refuse(
      'HANDSHAKE_PROTOCOL',
      'protocol',
      `Field 5, the protocol, is ${JSON.stringify(protocol)}; a host knows netrpc and grpc.`,
      'Print netrpc or grpc, in lower case.',
    );
  }
  if (!expect.protocols.includes(protocol)) {
    refuse(
      'HANDSHAKE_PROTOCOL',
      'protocol',
      `The plugin speaks ${protocol}; this contract’s host allows ${expect.protocols.join(', ')}.`,
      protocol === 'netrpc'
        ? 'Set GRPCServer in the plugin’s ServeConfig (without it go-plugin falls back to net/rpc), or check it against its own contract with --contract.'
        : 'Serve the plugin over net/rpc, or check it against its own contract with --contract.',
    );
  }

  const certificate = certText !== undefined && certText.length > MAX_IGNORED_CERT_CHARS ? parseCertificate(certText) : null;
  if (typeof certificate === 'string') {
    return refuse(
      'HANDSHAKE_CERTIFICATE',
      'certificate',
      `Field 6, the certificate, cannot be read: ${certificate}.`,
      'Print the DER of the certificate as standard base64 without padding and without line breaks.',
    );
  }
  if (certificate && !expect.autoMtls) {
    refuse(
      'HANDSHAKE_CERTIFICATE',
      'certificate',
      'Field 6 holds a certificate although the host did not ask for AutoMTLS: go-plugin’s host dies of a nil dereference.',
      'Print a certificate only when PLUGIN_CLIENT_CERT is set.',
    );
  }

  const multiplex = multiplexText === undefined ? null : (parseBool(multiplexText) ?? null);
  if (expect.multiplex && protocol === 'grpc' && multiplex !== true) {
    refuse(
      'HANDSHAKE_MULTIPLEX',
      'multiplex',
      multiplexText === undefined
        ? 'The host asked for broker multiplexing; field 7 is missing.'
        : `The host asked for broker multiplexing; field 7 is ${JSON.stringify(multiplexText)}.`,
      'Print true as field 7 when PLUGIN_MULTIPLEX_GRPC is set (go-plugin 1.6 and newer do).',
    );
  }

  return { line, coreVersion: CORE_PROTOCOL_VERSION, protocolVersion, address, protocol, certificate, multiplex };
}

/** Go's strconv.Atoi, for numbers that JavaScript holds exactly. */
function atoi(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value + 0 : undefined;
}

/** Go's strconv.ParseBool. */
function parseBool(text: string): boolean | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text)) return true;
  if (/^(?:0|f|F|FALSE|false|False)$/.test(text)) return false;
  return undefined;
}

/** Unpadded standard base64 of a certificate's DER, or the reason why it is not. */
function parseCertificate(text: string): Buffer | string {
  if (!/^[A-Za-z0-9+/]*$/.test(text)) return 'it has characters that unpadded standard base64 does not have';
  const der = Buffer.from(text, 'base64');
  try {
    // The DER alone must fill the field: Go refuses trailing data.
    return new X509Certificate(der).raw.equals(der) ? der : 'there is more in it than one certificate';
  } catch (error) {
    return `it is not a DER certificate (${(error as Error).message})`;
  }
}
