import { lstat } from 'node:fs/promises';
import { connect as connectNet, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { formatAddress, type CertificatePair, type PluginAddress } from '../handshake/index.js';
import { ConnectionError } from './errors.js';

/** Both ends of AutoMTLS as the host holds them. */
export interface ClientTls {
  /** What the host presents; `null` presents nothing, as a stranger would. */
  readonly own: CertificatePair | null;
  /** The plugin's certificate as DER: the only one that is trusted. */
  readonly plugin: Buffer;
}

export interface SocketOptions {
  readonly timeoutMs: number;
  readonly tls?: ClientTls;
  /** Wall-clock time, in ms, before which the socket file cannot have been made by the plugin. */
  readonly notBefore?: number;
}

/** Clocks of file systems tick coarsely, and a plugin may begin before its launch is noted. */
const FILE_CLOCK_SLACK_MS = 2_000;

/**
 * Connects to a plugin's address and, with AutoMTLS, completes the TLS handshake.
 *
 * @throws ConnectionError when nobody listens, the socket is somebody else's, TLS fails, or time runs out.
 */
export async function connectSocket(address: PluginAddress, options: SocketOptions): Promise<Duplex> {
  if (address.network === 'unix' && options.notBefore !== undefined) await refuseForeignSocket(address.path, options.notBefore);
  const socket =
    address.network === 'unix'
      ? connectNet({ path: address.path })
      : connectNet({ host: address.host, port: address.port, noDelay: true, keepAlive: true });
  await settled(socket, 'connect', options.timeoutMs, (error) => {
    return new ConnectionError('CONNECTION_REFUSED', `Nobody answers at ${formatAddress(address)}: ${error.message}`, { cause: error });
  });
  if (!options.tls) return socket;
  const { own, plugin } = options.tls;
  const pem = `-----BEGIN CERTIFICATE-----\n${plugin.toString('base64')}\n-----END CERTIFICATE-----\n`;
  const secure = connectTls({
    socket,
    servername: 'localhost',
    minVersion: 'TLSv1.2',
    ca: [pem],
    ...(own ? { cert: own.certificate, key: own.privateKey } : {}),
  });
  await settled(secure, 'secureConnect', options.timeoutMs, (error) => {
    return new ConnectionError('CONNECTION_TLS', `TLS with ${formatAddress(address)} failed: ${error.message}`, { cause: error });
  });
  return secure;
}

/** A plugin that names a socket older than itself would have us speak to a stranger: a container engine, say. */
async function refuseForeignSocket(path: string, notBefore: number): Promise<void> {
  if (path.startsWith('\0')) return;
  const stat = await lstat(path).catch((error: unknown) => {
    throw new ConnectionError('CONNECTION_REFUSED', `There is no socket at ${path}: ${(error as Error).message}`, { cause: error });
  });
  if (!stat.isSocket()) {
    throw new ConnectionError('CONNECTION_REFUSED', `What stands at ${path} is not a socket.`);
  }
  if (stat.ctimeMs < notBefore - FILE_CLOCK_SLACK_MS) {
    throw new ConnectionError(
      'CONNECTION_FOREIGN_SOCKET',
      `The socket ${path} was there before the plugin was started; it was not connected to.`,
    );
  }
}

function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
  wrap: (error: Error) => ConnectionError,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const finish = (error?: ConnectionError): void => {
      clearTimeout(timer);
      socket.off(event, onReady).off('error', onError).off('close', onClose);
      if (!error) {
        resolve();
        return;
      }
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onReady = (): void => {
      finish();
    };
    const onError = (error: Error): void => {
      finish(wrap(error));
    };
    const onClose = (): void => {
      finish(wrap(new Error('the connection was closed')));
    };
    const timer = setTimeout(() => {
      finish(new ConnectionError('CONNECTION_TIMEOUT', `No ${event} within ${timeoutMs} ms.`));
    }, timeoutMs);
    socket.on(event, onReady).on('error', onError).on('close', onClose);
  });
}
