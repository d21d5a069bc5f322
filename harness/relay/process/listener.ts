import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAX_SOCKET_PATH_BYTES } from '../../handshake/address.js';
import { ENV_UNIX_SOCKET_DIR } from '../../handshake/constants.js';

/** Where hosts connect to. */
export interface Listener {
  readonly network: 'unix' | 'tcp';
  readonly address: string;
  close(): void;
}

/** A path where go-plugin's server would make its socket (server.go, `serverListener_unix`). */
export function newSocketPath(): string {
  const path = join(process.env[ENV_UNIX_SOCKET_DIR] || tmpdir(), `plugin${randomBytes(5).toString('hex')}`);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return path;
  // Node would cut it, and listen somewhere else.
  throw new Error(
    `the socket path ${path} is longer than ${MAX_SOCKET_PATH_BYTES} bytes; is TMPDIR too deep?`,
  );
}

/** @param path - of a unix socket; '' for a tcp port of this machine alone */
export async function listen(path: string, onConnection: (socket: Socket) => void): Promise<Listener> {
  // Half-closed connections stay so, and nobody reads before there is somebody to pass it on to.
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true, noDelay: true }, onConnection);
  await started(server, path === '' ? { host: '127.0.0.1', port: 0 } : { path });
  server.on('error', () => {});
  const close = (): void => {
    server.close();
    if (path !== '') rmSync(path, { force: true });
  };
  if (path !== '') return { network: 'unix', address: path, close };
  return { network: 'tcp', address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function started(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
