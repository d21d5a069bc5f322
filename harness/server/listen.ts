import { randomBytes } from 'node:crypto';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ENV_MAX_PORT, ENV_MIN_PORT, ENV_UNIX_SOCKET_DIR, MAX_SOCKET_PATH_BYTES } from '../handshake/index.js';

export interface Listener {
  readonly server: Server;
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

/** Listens where go-plugin's server does: a unix socket in the temp folder, on Windows a loopback port (server.go). */
export async function listen(env: NodeJS.ProcessEnv, onConnection: (socket: Socket) => void): Promise<Listener> {
  const server = createServer(onConnection);
  if (process.platform === 'win32') {
    const port = await listenOnPort(server, Number(env[ENV_MIN_PORT] ?? 0), Number(env[ENV_MAX_PORT] ?? 0));
    return { server, network: 'tcp', address: `127.0.0.1:${port}` };
  }
  const folder = env[ENV_UNIX_SOCKET_DIR] || tmpdir();
  const path = join(folder, `plugin${randomBytes(5).toString('hex')}`);
  const bytes = Buffer.byteLength(path);
  // Node cuts a path that is too long and listens somewhere else, in silence.
  if (bytes > MAX_SOCKET_PATH_BYTES) {
    throw new Error(`the socket path ${path} is ${bytes} bytes long; a socket address holds ${MAX_SOCKET_PATH_BYTES}. Is TMPDIR too deep?`);
  }
  await started(server, { path });
  return { server, network: 'unix', address: path };
}

async function listenOnPort(server: Server, first: number, last: number): Promise<number> {
  for (let port = first; port <= last; port++) {
    try {
      await started(server, { host: '127.0.0.1', port });
      const address = server.address();
      return typeof address === 'object' && address ? address.port : port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(`No free port from ${first} to ${last} on 127.0.0.1.`);
}

function started(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
