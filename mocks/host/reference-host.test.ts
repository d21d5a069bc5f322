import { renameSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { anyDevice, endsOf, isAlive, pidOf, useHosts, watch } from './hosts.util.js';
import { PLUGIN_STATES, type ReferenceHost } from './index.js';

const hosts = useHosts();
const LAMP = { Id: 'lamp', Name: 'Lamps and Sockets', Author: 'The Iglu Examples', Version: 'v1.2.0' };

test('the states have the numbers of the seed', () => {
  expect(PLUGIN_STATES).toEqual({ Stopped: 0, Running: 1, Crashed: 2 });
});

test('every operation on an unknown id is a HostError', async () => {
  const host = await hosts.make();
  const unknown = { name: 'HostError', code: 'HOST_UNKNOWN_PLUGIN' };
  const operations = [
    () => host.start('x'),
    () => host.stop('x'),
    () => host.reload('x'),
    () => host.unload('x'),
    () => host.call('x', 'GetManifest'),
    async () => host.get('x'),
    async () => host.stderr('x'),
  ];
  for (const operation of operations) await expect(operation()).rejects.toMatchObject(unknown);
});

test.each([
  { pingIntervalMs: 0 },
  { pingTimeoutMs: Number.NaN },
  { callTimeoutMs: 2 ** 31 },
  { stopTimeoutMs: -1 },
  { startTimeoutMs: Infinity },
  { plugin: 'another' },
])('the options %j are refused', async (options) => {
  await expect(hosts.make(options)).rejects.toMatchObject({ code: 'HOST_OPTIONS' });
});

describe.skipIf(!hasGo)('a Go plugin', () => {
  let host: ReferenceHost;
  let lamp: string;
  beforeEach(async () => {
    host = await hosts.make();
    lamp = hosts.put('lamp', { copyOf: goExample('lamp') });
  });

  test('is Running, with its manifest, when it is loaded', async () => {
    const changes = watch(host);
    const info = await host.load(lamp);
    expect(info).toEqual({
      id: 'lamp',
      file: lamp,
      command: [lamp],
      state: 'Running',
      pid: pidOf(info),
      manifest: LAMP,
    });
    expect(host.list()).toEqual([info]);
    expect(host.get('lamp')).toEqual(info);
    expect(changes).toEqual([
      { id: 'lamp', from: 'Stopped', to: 'Running', at: expect.any(Number), time: expect.any(Number) },
    ]);
  });

  test('can be loaded by a command', async () => {
    const info = await host.load(['/usr/bin/env', lamp]);
    expect(info).toMatchObject({ id: 'lamp', file: '/usr/bin/env', command: ['/usr/bin/env', lamp] });
  });

  test('speaks over AutoMTLS when asked to', async () => {
    const secure = await hosts.make({ autoMtls: true });
    expect(await secure.load(lamp)).toMatchObject({ id: 'lamp', state: 'Running' });
  });

  test('answers calls, with errors of its own too', async () => {
    await host.load(lamp);
    const device = await anyDevice(host);
    await host.call('lamp', 'OnDeviceToggle', { Id: device, Status: true });
    expect(await host.call('lamp', 'GetDeviceStatus', { UniqueID: device })).toEqual({ Status: true });
    await expect(host.call('lamp', 'GetDeviceStatus', { UniqueID: 'none' })).rejects.toMatchObject({
      code: 'RPC_SERVER_ERROR',
    });
    expect(host.get('lamp').state).toBe('Running');
  });

  test('answers calls that are in flight at a time', async () => {
    await host.load(lamp);
    const Id = await anyDevice(host);
    const toggles = Array.from({ length: 32 }, (_, n) =>
      host.call('lamp', 'OnDeviceToggle', { Id, Status: n % 2 === 0 }),
    );
    expect(await endsOf(toggles)).toEqual(['answered']);
  });

  test('is not harmed by a call that cannot be made', async () => {
    await host.load(lamp);
    await expect(host.call('lamp', 'OnDeviceToggle', { Id: 7 })).rejects.toMatchObject({
      code: 'HOST_BAD_ARGUMENTS',
    });
    await expect(host.call('lamp', 'Explode')).rejects.toMatchObject({ code: 'HOST_NO_SUCH_METHOD' });
    expect(await host.call('lamp', 'GetManifest')).toEqual({ Manifest: LAMP });
  });

  test('without an optional method is loaded, and a call of that method fails at once', async () => {
    await host.load(goExample('amazing'));
    await expect(host.call('amazing', 'GetAvailableDevices')).rejects.toMatchObject({
      code: 'HOST_METHOD_MISSING',
    });
    expect(await host.call('amazing', 'GetManifest')).toMatchObject({ Manifest: { Id: 'amazing' } });
  });

  test('with a reply of another kind makes the call fail, and goes on', async () => {
    await host.load(goExample('bad/reply-of-another-kind'));
    await expect(
      host.call('lamp', 'GetDeviceStatus', { UniqueID: await anyDevice(host) }),
    ).rejects.toMatchObject({
      code: 'HOST_REPLY_TYPE',
      message: expect.stringContaining('.Status'),
    });
    expect(host.get('lamp').state).toBe('Running');
  });

  test('has OnLoad called once in each process', async () => {
    const first = await host.load(goExample('once'));
    expect(first).toMatchObject({ id: 'once', state: 'Running' });
    const second = await host.reload('once');
    expect(second.state).toBe('Running');
    expect(second.pid).not.toBe(first.pid);
    // A second OnLoad is the death of it: so there was a first.
    await expect(host.call('once', 'OnLoad')).rejects.toMatchObject({ code: 'HOST_CALL_LOST' });
    expect(host.get('once')).toMatchObject({ state: 'Crashed', reason: { kind: 'exit', code: 2 } });
  });

  test('can be stopped and started, and keeps its manifest meanwhile', async () => {
    const changes = watch(host);
    const first = await host.load(lamp);
    const stopped = await host.stop('lamp');
    expect(stopped).toEqual({ id: 'lamp', file: lamp, command: [lamp], state: 'Stopped', manifest: LAMP });
    expect(isAlive(pidOf(first))).toBe(false);
    await expect(host.call('lamp', 'GetManifest')).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
    expect(await host.stop('lamp')).toEqual(stopped);

    expect(await host.start('lamp')).toMatchObject({ state: 'Running', manifest: LAMP });
    await expect(host.start('lamp')).rejects.toMatchObject({ code: 'HOST_ALREADY_RUNNING' });
    expect(await host.call('lamp', 'GetManifest')).toEqual({ Manifest: LAMP });
    expect(changes.map(({ to }) => to)).toEqual(['Running', 'Stopped', 'Running']);
  });

  test('does one operation after the other', async () => {
    const first = await host.load(lamp);
    const changes = watch(host);
    const [reloaded, , started] = await Promise.all([
      host.reload('lamp'),
      host.stop('lamp'),
      host.start('lamp'),
    ]);
    expect(changes.map(({ to }) => to)).toEqual(['Stopped', 'Running', 'Stopped', 'Running']);
    expect(reloaded.pid).not.toBe(first.pid);
    expect(started).toMatchObject({ state: 'Running' });
  });

  test('is forgotten when it is unloaded, and its id is free', async () => {
    const { pid } = await host.load(lamp);
    const [unloaded, tooLate] = await Promise.allSettled([host.unload('lamp'), host.start('lamp')]);
    expect(unloaded.status).toBe('fulfilled');
    expect(tooLate).toMatchObject({ status: 'rejected', reason: { code: 'HOST_UNKNOWN_PLUGIN' } });
    expect(host.list()).toEqual([]);
    expect(isAlive(pid ?? 0)).toBe(false);
    expect(await host.load(lamp)).toMatchObject({ id: 'lamp', state: 'Running' });
  });

  test('with the id of another is refused and ended, and the first stays', async () => {
    const first = await host.load(lamp);
    const another = hosts.put('another', { copyOf: lamp });
    await expect(host.load(another)).rejects.toMatchObject({
      code: 'HOST_DUPLICATE_ID',
      message: expect.stringMatching(/another.*"lamp".*lamp/),
    });
    expect(host.list()).toEqual([first]);
    expect(await host.call('lamp', 'GetManifest')).toEqual({ Manifest: LAMP });
  });

  test('that comes back with another id is refused, and stays Stopped', async () => {
    await host.load(lamp);
    await host.stop('lamp');
    hosts.put('lamp', { copyOf: goExample('amazing') });
    await expect(host.start('lamp')).rejects.toMatchObject({ code: 'HOST_ID_CHANGED' });
    expect(host.get('lamp')).toMatchObject({ state: 'Stopped', manifest: LAMP });
  });

  test('that was replaced while it ran is the new one after a reload', async () => {
    await host.load(lamp);
    const replacement = hosts.put('new', { copyOf: goExample('bad/panics') });
    // As an installer does: a program that runs cannot be written to (ETXTBSY).
    renameSync(replacement, lamp);
    await host.reload('lamp');
    await expect(host.call('lamp', 'GetDeviceStatus', { UniqueID: '' })).rejects.toMatchObject({
      code: 'HOST_CALL_LOST',
    });
  });

  test('cannot change what the host keeps, and neither can a caller', async () => {
    const { manifest } = await host.load(lamp);
    expect(() => Object.assign(manifest as object, { Id: 'mine' })).toThrow(TypeError);
  });

  test('is ended by a shutdown, also while it is being loaded', async () => {
    await host.load(lamp);
    const { pid } = host.get('lamp');
    const [amazing] = await Promise.allSettled([host.load(goExample('amazing')), host.shutdown()]);
    expect(amazing).toMatchObject({ status: 'rejected', reason: { code: 'HOST_SHUT_DOWN' } });
    expect(isAlive(pid ?? 0)).toBe(false);
    expect(host.list()).toMatchObject([{ id: 'lamp', state: 'Stopped', manifest: LAMP }]);
    for (const operation of [() => host.load(lamp), () => host.start('lamp'), () => host.loadFolder()]) {
      await expect(operation()).rejects.toMatchObject({ code: 'HOST_SHUT_DOWN' });
    }
    await host.shutdown();
  });
});
