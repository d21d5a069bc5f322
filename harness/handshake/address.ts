import { isIPv4, isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import { escapeControls, quote } from '../quote.js';

/** Where a plugin listens: on this machine, or nowhere that we connect to. */
export type PluginAddress =
  | { readonly network: 'unix'; readonly path: string }
  | { readonly network: 'tcp'; readonly host: string; readonly port: number };

export type AddressProblem = { readonly problem: string; readonly hint: string };

/** Longest path of a unix socket, in bytes: sun_path less the final NUL (unix(7): 108 on Linux; 104 on macOS). */
export const MAX_SOCKET_PATH_BYTES = process.platform === 'darwin' ? 103 : 107;

/**
 * Reads a unix address. A relative path is meant from the working directory that host and plugin share; on Linux a
 * leading `@` is the abstract namespace, as in Go's net package.
 */
export function parseUnixAddress(text: string, cwd: string): PluginAddress | AddressProblem {
  if (text === '') {
    return { problem: 'The unix socket address is empty.', hint: 'Print the path of the socket as field 4.' };
  }
  if (text.includes('\0')) {
    return {
      problem: 'The unix socket address has a NUL byte in it.',
      hint: 'Print a plain path as field 4.',
    };
  }
  // The NUL that stands for the @ takes the byte that the NUL behind a path takes.
  const isAbstract = process.platform === 'linux' && text.startsWith('@');
  const path = isAbstract ? `\0${text.slice(1)}` : resolve(cwd, text);
  const bytes = Buffer.byteLength(path) - (isAbstract ? 1 : 0);
  if (bytes <= MAX_SOCKET_PATH_BYTES) return { network: 'unix', path };
  return {
    problem: `The unix socket path is ${bytes} bytes long; a socket address holds ${MAX_SOCKET_PATH_BYTES}.`,
    hint: 'Put the socket into a folder with a shorter path (go-plugin uses the temp folder).',
  };
}

/**
 * Reads `host:port`. Nothing but a loopback address is accepted: a plugin may not send its host elsewhere, nor listen
 * to other machines. An empty host is this machine, as for Go's net.Dial.
 */
export function parseTcpAddress(text: string): PluginAddress | AddressProblem {
  const match = /^(?:\[([^\][]*)\]|([^:[\]]*)):([^:]*)$/.exec(text);
  if (!match) {
    return {
      problem: 'The tcp address is not of the form host:port.',
      hint: 'Print the listener’s own address, such as 127.0.0.1:12345 or [::1]:12345.',
    };
  }
  const [, bracketed, plain, portText = ''] = match;
  const host = bracketed ?? plain ?? '';
  const port = /^\d+$/.test(portText) ? Number(portText) : Number.NaN;
  if (!(port >= 1 && port <= 65_535)) {
    return {
      problem: `The tcp port ${quote(portText)} is not a number from 1 to 65535.`,
      hint: 'Print the port that the listener was really given, not the 0 it asked for.',
    };
  }
  if (host === '') return { network: 'tcp', host: '127.0.0.1', port };
  if (isLoopback(host)) return { network: 'tcp', host, port };
  return {
    problem: `The tcp address ${quote(host)} is not a loopback address; it was not dialled.`,
    hint: 'Listen on 127.0.0.1 or [::1]: a plugin that listens elsewhere can be reached by other machines.',
  };
}

function isLoopback(host: string): boolean {
  if (host.toLowerCase() === 'localhost') return true;
  if (isIPv4(host)) return host.startsWith('127.');
  // The part behind a % is a network interface.
  const [address = ''] = host.split('%', 1);
  if (!isIPv6(host) || !isIPv6(address)) return false;
  const canonical = new URL(`http://[${address}]/`).hostname;
  // ::1, and 127.0.0.0/8 mapped into IPv6, which the URL parser writes as ::ffff:7fxx:xxxx.
  return canonical === '[::1]' || /^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(canonical);
}

/** The address as a person writes it: `unix /tmp/plugin1` or `tcp 127.0.0.1:1234`. */
export function formatAddress(address: PluginAddress): string {
  if (address.network === 'unix') return `unix ${escapeControls(address.path.replace(/^\0/, '@'))}`;
  return `tcp ${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`;
}
