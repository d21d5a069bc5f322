import { randomBytes } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  ENV_MAX_PORT,
  ENV_MIN_PORT,
  ENV_UNIX_SOCKET_DIR,
  ENV_UNIX_SOCKET_GROUP,
  MAX_SOCKET_PATH_BYTES,
} from '../handshake/index.js';
import { giveToGroup } from './socket-group.js';

export interface Listener {
  readonly server: Server;
  readonly network: 'unix' | 'tcp';
  readonly address: string;
}

/**
 * Listens where go-plugin's server does: a unix socket in the temp folder, on Windows a loopback port (server.go).
 *
 * @throws Error
 */
export async function listen(
  env: NodeJS.ProcessEnv,
  onConnection: (socket: Socket) => void,
  platform: NodeJS.Platform = process.platform,
): Promise<Listener> {
  const server = createServer(onConnection);
  const listener = await (platform === 'win32' ? listenOnPort(server, env) : listenOnSocket(server, env));
  // A connection that cannot be accepted, for want of file descriptors say, must not end those that there are.
  server.on('error', () => {});
  return listener;
}

async function listenOnSocket(server: Server, env: NodeJS.ProcessEnv): Promise<Listener> {
  const folder = env[ENV_UNIX_SOCKET_DIR] || tmpdir();
  const path = join(folder, `plugin${randomBytes(5).toString('hex')}`);
  const bytes = Buffer.byteLength(path);
  // Node cuts a path that is too long and listens somewhere else, in silence.
  if (bytes > MAX_SOCKET_PATH_BYTES) {
    throw new Error(
      `the socket path ${path} is ${bytes} bytes long; a socket address holds ${MAX_SOCKET_PATH_BYTES}. Is TMPDIR too deep?`,
    );
  }
  await started(server, { path });
  const group = env[ENV_UNIX_SOCKET_GROUP];
  try {
    if (group) giveToGroup(path, group);
  } catch (error) {
    server.close();
    throw error;
  }
  return { server, network: 'unix', address: path };
}

/** Without the variables, as in go-plugin, any port that is free. */
async function listenOnPort(server: Server, env: NodeJS.ProcessEnv): Promise<Listener> {
  const first = portOf(env, ENV_MIN_PORT);
  const last = portOf(env, ENV_MAX_PORT);
  for (let port = first; port <= last; port++) {
    // Whatever is wrong with one port, the next may do: Windows reserves whole ranges of them.
    const error = await started(server, { host: '127.0.0.1', port }).catch((caught: unknown) => caught);
    if (error) continue;
    return { server, network: 'tcp', address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
  }
  throw new Error(
    `no port from ${ENV_MIN_PORT} ${first} to ${ENV_MAX_PORT} ${last} could be listened on at 127.0.0.1`,
  );
}

function portOf(env: NodeJS.ProcessEnv, name: string): number {
  const text = env[name] || '0';
  if (/^\d{1,5}$/.test(text) && Number(text) < 65_536) return Number(text);
  throw new Error(`${name} is ${JSON.stringify(text)}, which is not a port`);
}

function started(server: Server, where: { path: string } | { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    const onListening = (): void => {
      server.off('error', onError);
      resolve();
    };
    const onError = (error: Error): void => {
      server.off('listening', onListening);
      reject(error);
    };
    server.once('error', onError).once('listening', onListening).listen(where);
  });
}
