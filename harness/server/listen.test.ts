import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';

import { listen, type Listener } from './listen.js';

// The unix socket is tested with the whole server: here is what is done on Windows.
async function onWindows(env: NodeJS.ProcessEnv): Promise<Listener> {
  const listener = await listen(env, (socket) => void socket.end('hello'), 'win32');
  onTestFinished(() => void listener.server.close());
  return listener;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('without a range, any port of 127.0.0.1', async () => {
  const { network, address } = await onWindows({});
  expect(network).toBe('tcp');
  expect(address).toMatch(/^127\.0\.0\.1:[1-9]\d+$/);
  const socket = connect(Number(address.split(':')[1]), '127.0.0.1');
  expect(String((await once(socket, 'data'))[0])).toBe('hello');
  socket.destroy();
});

test('the first port of the range that is free', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  const range = { PLUGIN_MIN_PORT: String(port), PLUGIN_MAX_PORT: String(port + 50) };
  const { address } = await onWindows(range);
  const found = Number(address.split(':')[1]);
  expect(found).toBeGreaterThan(port);
  expect(found).toBeLessThanOrEqual(port + 50);
  taken.close();
});

test('no port that is free', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  await once(taken, 'listening');
  const range = { PLUGIN_MIN_PORT: String(port), PLUGIN_MAX_PORT: String(port) };
  await expect(onWindows(range)).rejects.toThrow(
    `no port from PLUGIN_MIN_PORT ${port} to PLUGIN_MAX_PORT ${port}`,
  );
  taken.close();
});

test.each([
  ['a word', { PLUGIN_MIN_PORT: 'ten' }, 'PLUGIN_MIN_PORT is "ten", which is not a port'],
  ['a number that is too large', { PLUGIN_MAX_PORT: '65536' }, 'PLUGIN_MAX_PORT is "65536"'],
  ['a range the wrong way round', { PLUGIN_MIN_PORT: '2000', PLUGIN_MAX_PORT: '1000' }, 'no port from'],
])('%s', async (_, env, says) => {
  await expect(onWindows(env)).rejects.toThrow(says);
});
