import { connect as connectNet, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { formatAddress, type CertificatePair, type PluginAddress } from '../handshake/index.js';
import { escapeControls } from '../quote.js';
import { ConnectionError, type ConnectionErrorCode } from './errors.js';
import { refuseForeignSocket } from './foreign-socket.js';

/** Both ends of AutoMTLS as the host holds them. */
export interface ClientTls {
  /** What the host presents; `null` presents nothing, as a stranger would. */
  readonly own: CertificatePair | null;
  /** The plugin's certificate as DER: the only one that is trusted. */
  readonly plugin: Buffer;
}

export interface SocketOptions {
  /** For the connection, and once more for the TLS handshake. */
  readonly timeoutMs: number;
  readonly tls?: ClientTls;
  /** Wall-clock time, in ms, before which the socket file cannot have been made by the plugin. */
  readonly notBefore?: number;
}

/**
 * Connects to a plugin's address and, with AutoMTLS, completes the TLS handshake.
 *
 * @throws ConnectionError when nobody listens, the socket is somebody else's, TLS fails, or time runs out.
 */
export async function connectSocket(address: PluginAddress, options: SocketOptions): Promise<Duplex> {
  if (address.network === 'unix' && options.notBefore !== undefined)
    await refuseForeignSocket(address.path, options.notBefore);
  const where = formatAddress(address);
  const socket =
    address.network === 'unix'
      ? connectNet({ path: address.path })
      : connectNet({ host: address.host, port: address.port, noDelay: true, keepAlive: true });
  await settled(socket, 'connect', options.timeoutMs, 'CONNECTION_REFUSED', `Nobody answers at ${where}`);
  if (!options.tls) return socket;
  const secure = startTls(socket, options.tls);
  await settled(secure, 'secureConnect', options.timeoutMs, 'CONNECTION_TLS', `TLS with ${where} failed`);
  return secure;
}

function startTls(socket: Socket, { own, plugin }: ClientTls): TLSSocket {
  return connectTls({
    socket,
    servername: 'localhost',
    minVersion: 'TLSv1.2',
    ca: [`-----BEGIN CERTIFICATE-----\n${plugin.toString('base64')}\n-----END CERTIFICATE-----\n`],
    // Said, since NODE_TLS_REJECT_UNAUTHORIZED must not say otherwise.
    rejectUnauthorized: true,
    ...(own ? { cert: own.certificate, key: own.privateKey } : {}),
  });
}

function settled(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  timeoutMs: number,
  code: ConnectionErrorCode,
  failure: string,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      socket.off(event, onReady).off('error', onError).off('close', onClose);
    };
    const fail = (error: ConnectionError): void => {
      stop();
      socket.on('error', () => {});
      socket.destroy();
      reject(error);
    };
    const onReady = (): void => {
      stop();
      resolve();
    };
    const onError = (cause: Error): void =>
      fail(new ConnectionError(code, `${failure}: ${escapeControls(cause.message)}`, { cause }));
    const onClose = (): void => fail(new ConnectionError(code, `${failure}: the connection was closed.`));
    const timer = setTimeout(
      () => fail(new ConnectionError('CONNECTION_TIMEOUT', `${failure}: no answer within ${timeoutMs} ms.`)),
      timeoutMs,
    );
    socket.on(event, onReady).on('error', onError).on('close', onClose);
  });
}
