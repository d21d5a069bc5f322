import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EVENTUALLY } from '../../../harness/test/eventually.util.js';
import { useWatched, launchWatched } from './watched.util.js';

const watched = useWatched();

const stateOf = (pid: number): string =>
  execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });

test('exits-before-handshake', async () => {
  const { plugin, told } = await launchWatched(watched(), 'exits-before-handshake');
  await expect(plugin.handshake).rejects.toMatchObject({ code: 'HANDSHAKE_NO_LINE' });
  expect(await plugin.process.exit).toMatchObject({ code: 1 });
  expect(plugin.process.stderr.text()).toContain('cannot start');
  expect(await told('exit')).toMatchObject([{ code: 1 }]);
});

test('never-shakes-hands', async () => {
  const { plugin, events } = await launchWatched(watched(), 'never-shakes-hands', { startTimeoutMs: 700 });
  await expect(plugin.handshake).rejects.toMatchObject({ code: 'HANDSHAKE_TIMEOUT' });
  expect(plugin.process.stdout.totalBytes).toBe(0);
  expect(plugin.process.exited).toBeUndefined();
  await expect.poll(events, EVENTUALLY).toMatchObject([{ event: 'launched' }]);
});

test('garbage-handshake', async () => {
  const { plugin, told } = await launchWatched(watched(), 'garbage-handshake');
  await expect(plugin.handshake).rejects.toThrow('Welcome!');
  await expect.poll(() => told('handshake'), EVENTUALLY).toHaveLength(1);
});

test('other-version', async () => {
  const { plugin } = await launchWatched(watched(), 'other-version', {
    versions: [3, 1],
    acceptedVersions: null,
  });
  expect((await plugin.handshake).line).toMatch(/^1\|4\|unix/);
});

test('announces-dead-address', async () => {
  const { plugin, told } = await launchWatched(watched(), 'announces-dead-address');
  await plugin.handshake;
  await expect(plugin.connect()).rejects.toThrow('-gone');
  expect(await told('connection')).toEqual([]);
});

test('slow-start', async () => {
  const { plugin, told } = await launchWatched(watched(), 'slow-start');
  await plugin.handshake;
  const [launched] = await told('launched');
  const [handshake] = await told('handshake');
  expect((handshake?.uptime ?? 0) - (launched?.uptime ?? 0)).toBeGreaterThan(2_900);
});

test.each([
  { behaviour: 'dies-in-call', exit: { code: null, signal: 'SIGKILL' }, told: [] },
  { behaviour: 'exits-in-call', exit: { code: 0, signal: null }, told: [{ code: 0 }] },
] as const)('$behaviour', async ({ behaviour, exit, told: expected }) => {
  const { plugin, open, told } = await launchWatched(watched(), behaviour);
  const { client } = await open();
  await expect(client.call('GetManifest')).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
  expect(await plugin.process.exit).toMatchObject(exit);
  expect(await told('call')).toMatchObject([{ method: 'GetManifest' }]);
  expect(await told('answered')).toEqual([]);
  expect(await told('exit')).toMatchObject(expected);
});

test('hangs-in-call', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'hangs-in-call');
  const { connection, client } = await open();
  await expect(client.call('GetManifest', null, 300)).rejects.toMatchObject({ code: 'RPC_TIMEOUT' });
  await connection.ping();
  await client.call('GetManifest');
  await connection.quit();
  expect(await plugin.process.exit).toMatchObject({ code: 0 });
  expect(await told('answered')).toMatchObject([{ n: 1 }]);
});

test('error-answers', async () => {
  const { open, told } = await launchWatched(watched(), 'error-answers');
  const { client } = await open();
  await expect(client.call('GetManifest')).rejects.toThrow('every call with an error');
  await expect(client.call('GetDeviceStatus', { UniqueID: '' })).rejects.toThrow('every call with an error');
  expect(await told('answered')).toMatchObject([
    { n: 0, error: expect.stringContaining('error') },
    { n: 1, error: expect.stringContaining('error') },
  ]);
});

test('once-fails', async () => {
  const { open } = await launchWatched(watched(), 'once-fails');
  const { client } = await open();
  await expect(client.call('OnLoad')).rejects.toMatchObject({ name: 'RpcServerError' });
  await client.call('GetManifest');
});

test('wrong-reply-type', async () => {
  const { open } = await launchWatched(watched(), 'wrong-reply-type');
  const { client } = await open();
  const { value, differences } = await client.call('GetManifest');
  expect(value).toBeUndefined();
  expect(differences).toMatchObject([{ kind: 'incompatible' }]);
});

test('stops', async () => {
  const { plugin, open } = await launchWatched(watched(), 'stops');
  const { connection, client } = await open();
  await client.call('GetManifest');
  await expect.poll(() => stateOf(plugin.process.pid), EVENTUALLY).toMatch(/^T/);
  await expect(connection.ping(200)).rejects.toMatchObject({ code: 'RPC_TIMEOUT' });
  // Nothing but this process may keep its guard alive.
  plugin.process.signal('SIGKILL');
  await plugin.process.exit;
  await expect.poll(() => plugin.process.descendants(), EVENTUALLY).toEqual([]);
});

test('closes-connection', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'closes-connection');
  const { connection, client } = await open();
  await client.call('GetManifest');
  await connection.closed;
  const again = await open();
  await again.client.call('GetManifest');
  expect(plugin.process.exited).toBeUndefined();
  expect(await told('connection-closed')).toMatchObject([{ n: 0, how: 'local' }]);
});

test('outlives-its-host', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'outlives-its-host');
  const { connection } = await open();
  plugin.process.closeOutput();
  connection.destroy();
  await expect.poll(() => told('host-gone'), EVENTUALLY).toHaveLength(1);
  expect(plugin.process.exited).toBeUndefined();
  plugin.process.signal('SIGTERM');
  expect(await plugin.process.exit).toMatchObject({ code: 143 });
});

test('outlives-its-host, asked to quit', async () => {
  const { plugin, open } = await launchWatched(watched(), 'outlives-its-host');
  await (await open()).connection.quit().catch(() => {});
  expect(await plugin.process.exit).toMatchObject({ code: 0 });
});

test('ignores-quit', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'ignores-quit');
  const { connection } = await open();
  await connection.quit();
  plugin.process.signal('SIGTERM');
  plugin.process.closeOutput();
  connection.destroy();
  await expect.poll(() => told('host-gone'), EVENTUALLY).toHaveLength(1);
  expect(await told('signal')).toMatchObject([{ name: 'SIGTERM' }]);
  expect(plugin.process.exited).toBeUndefined();
  expect(await told('exit')).toEqual([]);
});

test('slow-quit', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'slow-quit');
  const { connection } = await open();
  await connection.quit();
  plugin.process.closeOutput();
  connection.destroy();
  expect(await plugin.process.exit).toMatchObject({ code: 0 });
  const [cleanedUp] = await told('cleaned-up');
  expect(cleanedUp?.file).toContain(plugin.process.folders.tmp);
  expect(existsSync(cleanedUp?.file ?? '/')).toBe(false);
});

test('slow-quit, killed before it is done', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'slow-quit');
  const { connection } = await open();
  await connection.quit();
  plugin.process.signal('SIGKILL');
  await plugin.process.exit;
  expect(await told('cleaned-up')).toEqual([]);
  expect((await plugin.process.filesLeft()).map(({ path }) => path)).toContainEqual(
    expect.stringMatching(/^unfinished-/),
  );
});

test('floods-stderr', async () => {
  const { plugin, open } = await launchWatched(watched(), 'floods-stderr');
  const { client } = await open();
  await client.call('GetManifest');
  expect(plugin.process.stderr.totalBytes).toBe(1024 * 1024);
});

test('odd-logs', async () => {
  const { plugin, open } = await launchWatched(watched(), 'odd-logs');
  const { client } = await open();
  await client.call('GetManifest');
  await expect
    .poll(() => plugin.process.stderr.text(), EVENTUALLY)
    .toContain('the last line of an odd log\n');
  expect(plugin.process.stderr.longestLine).toBe(200 * 1024);
});

test('non-string-log-fields', async () => {
  const { plugin } = await launchWatched(watched(), 'non-string-log-fields');
  await expect.poll(() => plugin.process.stderr.text(), EVENTUALLY).toContain('"@message":42');
});

test('chatty-stdout', async () => {
  const { plugin, open } = await launchWatched(watched(), 'chatty-stdout');
  const { client } = await open();
  await client.call('GetManifest');
  expect(plugin.process.stdout.text()).toMatch(/netrpc\|\na line on stdout/);
  expect(plugin.process.stdout.totalBytes).toBeGreaterThan(128 * 1024);
});

test('leaves-a-child', async () => {
  const { plugin, open, told } = await launchWatched(watched(), 'leaves-a-child');
  const { connection } = await open();
  await connection.quit();
  expect(await plugin.process.exit).toMatchObject({ code: 0 });
  const [child] = await told('child');
  expect((await plugin.process.descendants()).map(({ pid }) => pid)).toEqual([child?.childPid]);
  expect(plugin.process.stdout.ended).toBe(false);
  expect(plugin.process.stderr.ended).toBe(false);
});

test('every behaviour is tested here', () => {
  const text = readFileSync(new URL(import.meta.url), 'utf8');
  const untested = Object.keys(watched().BEHAVIOURS).filter(
    (name) => !text.includes(`(watched(), '${name}'`) && !text.includes(`behaviour: '${name}'`),
  );
  expect(untested).toEqual(['good']);
});
