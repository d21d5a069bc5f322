import { quote } from '../quote.js';
import { parseTcpAddress, parseUnixAddress, type PluginAddress } from './address.js';
import { parseCertificateField } from './certificate-field.js';
import { CORE_PROTOCOL_VERSION, MAX_IGNORED_CERT_CHARS, MIN_FIELDS } from './constants.js';
import { Refusal } from './errors.js';
import { atoi, parseBool } from './go-text.js';
import type { HandshakeExpectations, PluginProtocol } from './handshake.js';

/** Field 1. */
export function readCoreVersion(text: string, fieldCount: number): void {
  const version = atoi(text);
  if (version === CORE_PROTOCOL_VERSION) return;
  const packer =
    fieldCount === MIN_FIELDS
      ? ' Packer plugins print such a line: Packer is not wire-compatible with go-plugin.'
      : '';
  throw new Refusal(
    'HANDSHAKE_CORE_VERSION',
    version === undefined
      ? `Field 1, the core protocol version, is not a number: ${quote(text)}.`
      : `Field 1, the core protocol version, is ${version}; the only one there is is ${CORE_PROTOCOL_VERSION}.`,
    `Print 1|… with no byte order mark or space inside the field.${packer}`,
  );
}

/** Field 2. */
export function readProtocolVersion(text: string, { versions }: HandshakeExpectations): number {
  const version = atoi(text);
  if (version === undefined) {
    throw new Refusal(
      'HANDSHAKE_APP_VERSION',
      `Field 2, the plugin’s protocol version, is not a decimal number of a usable size: ${quote(text)}.`,
      'Print the version as a decimal number, with nothing else in the field.',
    );
  }
  if (versions === null || versions.includes(version)) return version;
  throw new Refusal(
    'HANDSHAKE_INCOMPATIBLE_VERSION',
    `The plugin speaks protocol version ${version}; the host offered ${versions.join(', ') || 'none'}.`,
    'Build the plugin with the host’s ProtocolVersion, or serve that version too with VersionedPlugins.',
  );
}

/** Fields 3 and 4. */
export function readAddress(network: string, text: string, { cwd }: HandshakeExpectations): PluginAddress {
  if (network !== 'unix' && network !== 'tcp') {
    throw new Refusal(
      'HANDSHAKE_NETWORK',
      `Field 3, the network, is ${quote(network)}; a host knows unix and tcp.`,
      'Print unix or tcp, in lower case.',
    );
  }
  const address = network === 'unix' ? parseUnixAddress(text, cwd) : parseTcpAddress(text);
  if ('problem' in address) throw new Refusal('HANDSHAKE_ADDRESS', address.problem, address.hint);
  return address;
}

/** Field 5. Absent means net/rpc; present but empty does not: client.go compares the text as it stands. */
export function readProtocol(text: string | undefined, { protocols }: HandshakeExpectations): PluginProtocol {
  const protocol = text ?? 'netrpc';
  if (protocol !== 'netrpc' && protocol !== 'grpc') {
    throw new Refusal(
      'HANDSHAKE_PROTOCOL',
      `Field 5, the protocol, is ${quote(protocol)}; a host knows netrpc and grpc.`,
      'Print netrpc or grpc, in lower case.',
    );
  }
  if (protocols.includes(protocol)) return protocol;
  throw new Refusal(
    'HANDSHAKE_PROTOCOL',
    `The plugin speaks ${protocol}; this contract’s host allows ${protocols.join(', ')}.`,
    protocol === 'netrpc'
      ? 'Set GRPCServer in the plugin’s ServeConfig (without it go-plugin falls back to net/rpc), or check it against its own contract with --contract.'
      : 'Serve the plugin over net/rpc, or check it against its own contract with --contract.',
  );
}

/** Field 6, as DER. */
export function readCertificate(
  text: string | undefined,
  { autoMtls }: HandshakeExpectations,
): Buffer | null {
  if (text === undefined || Buffer.byteLength(text) <= MAX_IGNORED_CERT_CHARS) return null;
  const certificate = parseCertificateField(text);
  if (typeof certificate === 'string') {
    throw new Refusal(
      'HANDSHAKE_CERTIFICATE',
      `Field 6, the certificate, cannot be read: ${certificate}.`,
      'Print the DER of the certificate as standard base64 without padding and without line breaks.',
    );
  }
  if (autoMtls) return certificate;
  throw new Refusal(
    'HANDSHAKE_CERTIFICATE',
    'Field 6 holds a certificate although the host did not ask for AutoMTLS: go-plugin’s host dies of a nil dereference.',
    'Print a certificate only when PLUGIN_CLIENT_CERT is set.',
  );
}

/** Field 7. A host that did not ask for it does not look at it. */
export function readMultiplex(
  text: string | undefined,
  protocol: PluginProtocol,
  expect: HandshakeExpectations,
): boolean | null {
  const multiplex = text === undefined ? null : (parseBool(text) ?? false);
  if (multiplex || !expect.multiplex || protocol !== 'grpc') return multiplex;
  throw new Refusal(
    'HANDSHAKE_MULTIPLEX',
    `The host asked for broker multiplexing; field 7 is ${text === undefined ? 'missing' : quote(text)}.`,
    'Print true as field 7 when PLUGIN_MULTIPLEX_GRPC is set (go-plugin 1.6 and newer do).',
  );
}
