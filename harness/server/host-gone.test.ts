import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { useTestPlugins } from './test-plugins.util.js';

const plugins = useTestPlugins();

/**
 * A host in a process of its own: starts the plugin as its child, tells its handshake line and pid, connects `times`
 * times, and then waits to be killed, or does as it is told on its stdin.
 */
const HOST = `
const { spawn } = require('node:child_process');
const { connect } = require('node:net');
const [path, times] = process.argv.slice(1);
const env = { ...process.env, TEST_PLUGIN: 'yes', PLUGIN_PROTOCOL_VERSIONS: '1' };
const plugin = spawn(path, { env, stdio: ['ignore', 'pipe', 'pipe'] });
const sockets = [];
plugin.stdout.once('data', (line) => {
  const address = String(line).split('|')[3];
  for (let n = 0; n < Number(times); n++) sockets.push(connect(address));
  console.log(JSON.stringify({ address, pid: plugin.pid }));
  plugin.stdout.resume();
});
process.stdin.on('data', (text) => {
  if (String(text).includes('disconnect')) for (const socket of sockets) socket.destroy();
  if (String(text).includes('exit')) process.exit();
});
`;

async function host(times: number): Promise<{ process: ChildProcess; address: string; pid: number }> {
  const child = spawn(process.execPath, ['-e', HOST, plugins.path, String(times)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { process: child, ...(JSON.parse(String(line)) as { address: string; pid: number }) };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The plugin is nobody's child then, so that only its pid tells. */
async function expectGone({ pid, address }: { pid: number; address: string }): Promise<void> {
  await expect.poll(() => isAlive(pid), EVENTUALLY).toBe(false);
  expect(existsSync(address)).toBe(false);
}

test.each([
  ['connected', 1],
  ['connected three times', 3],
  ['not connected yet', 0],
])('a host that is killed while it is %s takes the plugin with it', async (_, times) => {
  const started = await host(times);
  // Should it be that the host has to be heard of first.
  await delay(50);
  expect(isAlive(started.pid)).toBe(true);
  started.process.kill('SIGKILL');
  await expectGone(started);
});

test('a host that closes its connection and ends later takes the plugin with it', async () => {
  const started = await host(1);
  started.process.stdin?.write('disconnect\n');
  // Later than the last look at the pipe that follows a connection.
  await delay(2_500);
  expect(isAlive(started.pid)).toBe(true);
  started.process.stdin?.write('exit\n');
  await expectGone(started);
});

test('a host that closes its connection may come back', async () => {
  const started = await host(1);
  for (let times = 0; times < 3; times++) {
    started.process.stdin?.write('disconnect\n');
    await delay(150);
    const socket = connect(started.address);
    await once(socket, 'connect');
    await delay(20);
    socket.destroy();
  }
  expect(isAlive(started.pid)).toBe(true);
  started.process.kill('SIGKILL');
  await expectGone(started);
});

test('a plugin of our own harness: pipes and connection closed in either order', async () => {
  for (const pipesFirst of [true, false]) {
    const { plugin, connection } = await plugins.open();
    if (pipesFirst) plugin.process.closeOutput();
    connection.destroy();
    await delay(pipesFirst ? 0 : 50);
    plugin.process.closeOutput();
    expect(await plugin.process.exit).toMatchObject({ code: 0, signal: null });
    expect(await plugin.process.filesLeft()).toEqual([]);
  }
});

test('pipes that close while the host is connected change nothing', async () => {
  const { plugin, connection } = await plugins.open();
  plugin.process.closeOutput();
  await delay(100);
  await connection.ping();
  expect(plugin.process.exited).toBeUndefined();
});
