import { MAX_IGNORED_CERT_CHARS, MIN_FIELDS } from '../../handshake/constants.js';

/** What a relay has to know of a handshake. */
export interface ReadLine {
  /** Where the plugin listens, as `net.connect` takes it. */
  readonly where: { readonly path: string } | { readonly host: string; readonly port: number };
  /** Neither TLS nor gRPC: what travels is yamux. */
  readonly isYamux: boolean;
  /** The line with another address. */
  readonly at: (network: string, address: string) => string;
}

/**
 * Reads the first line of a plugin's stdout as leniently as can be: all that a host may find wrong with it, it is to
 * find itself. `undefined`: it is no handshake, or nobody can connect to its address.
 */
export function readHandshakeLine(line: string): ReadLine | undefined {
  const fields = line.split('|');
  const [core = '', version = '', network = '', address = '', protocol = 'netrpc', certificate = ''] = fields;
  const where = readAddress(network, address.trim());
  if (fields.length < MIN_FIELDS || !where) return undefined;
  // The line may end behind any of its fields.
  const end = fields.length === MIN_FIELDS ? (/\s*$/.exec(address)?.[0] ?? '') : '';
  return {
    where,
    isYamux: protocol.trim() === 'netrpc' && certificate.trim().length <= MAX_IGNORED_CERT_CHARS,
    at: (ourNetwork, ourAddress) =>
      [core, version, ourNetwork, `${ourAddress}${end}`, ...fields.slice(MIN_FIELDS)].join('|'),
  };
}

function readAddress(network: string, address: string): ReadLine['where'] | undefined {
  if (network === 'unix' && address !== '' && !address.includes('\0'))
    return { path: address.replace(/^@/, '\0') };
  const [, host = '', port = ''] = /^\[?([^\]]*?)\]?:(\d{1,5})$/.exec(address) ?? [];
  if (network !== 'tcp' || !(Number(port) >= 1 && Number(port) <= 65_535)) return undefined;
  return { host: host === '' ? '127.0.0.1' : host, port: Number(port) };
}
