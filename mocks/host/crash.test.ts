import { beforeEach, describe, expect, test } from 'vitest';
import type { Value } from '../../harness/value/index.js';
import { compileMocks, nodePlugin } from './compiled.util.js';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { endsOf, isAlive, nextCrash, pidOf, useHosts, watch } from './hosts.util.js';
import type { ReferenceHost } from './index.js';

const hosts = useHosts();
/** So quick that a test need not wait, and so slow that a busy machine answers in time. */
const PINGS = { pingIntervalMs: 100, pingTimeoutMs: 1500 };
const NOBODY = { UniqueID: 'no-such-device' };

describe.skipIf(!hasGo)('a Go plugin among others', () => {
  let host: ReferenceHost;
  const others = ['amazing', 'once'];
  beforeEach(async () => {
    host = await hosts.make(PINGS);
  });

  const load = async (example: string): Promise<number> => {
    for (const name of [example, ...others]) hosts.put(name.replace('/', '-'), { copyOf: goExample(name) });
    const { loaded, failed, passedOver } = await host.loadFolder();
    expect({ ids: loaded.map(({ id }) => id).sort(), failed, passedOver }).toEqual({
      ids: ['amazing', 'lamp', 'once'],
      failed: [],
      passedOver: [],
    });
    return pidOf(host.get('lamp'));
  };

  /** What has to be true after the lamp crashed, whatever it died of. */
  const expectOthersUndisturbed = async (before: readonly unknown[]): Promise<void> => {
    expect(others.map((id) => host.get(id))).toEqual(before);
    for (const id of others)
      expect(await host.call(id, 'GetManifest')).toMatchObject({ Manifest: { Id: id } });
  };

  test.each([
    ['SIGKILL', { kind: 'exit', code: null, signal: 'SIGKILL' }],
    ['SIGTERM', { kind: 'exit', code: null, signal: 'SIGTERM' }],
    // Go's runtime prints all goroutines, and exits by itself.
    ['SIGABRT', { kind: 'exit', code: 2, signal: null }],
    ['SIGSTOP', { kind: 'hang' }],
  ] as const)('crashes by %s, is still readable, and comes back', async (signal, reason) => {
    const pid = await load('lamp');
    const before = others.map((id) => host.get(id));
    const { manifest } = host.get('lamp');
    const changes = watch(host);
    const crashed = nextCrash(host);
    process.kill(pid, signal);
    expect(await crashed).toMatchObject({ id: 'lamp', from: 'Running', to: 'Crashed', reason });
    const info = host.get('lamp');
    expect(info).toMatchObject({ state: 'Crashed', manifest, reason });
    expect(info).not.toHaveProperty('pid');
    await expect(host.call('lamp', 'GetManifest')).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
    await expectOthersUndisturbed(before);

    const again = await host.reload('lamp');
    expect(again).toMatchObject({ state: 'Running', manifest });
    expect(again).not.toHaveProperty('reason');
    expect(again.pid).not.toBe(pid);
    expect(isAlive(pid)).toBe(false);
    expect(await host.call('lamp', 'GetManifest')).toEqual({ Manifest: manifest });
    expect(changes.map(({ id, to }) => `${id} ${to}`)).toEqual([
      'lamp Crashed',
      'lamp Stopped',
      'lamp Running',
    ]);
  });

  test('crashes by a panic, and every call in flight fails', async () => {
    await load('bad/panics');
    const before = others.map((id) => host.get(id));
    const ends = endsOf(Array.from({ length: 16 }, () => host.call('lamp', 'GetAvailableDevices')));
    const fatal = host.call('lamp', 'GetDeviceStatus', NOBODY);
    await expect(fatal).rejects.toMatchObject({ name: 'HostError', code: 'HOST_CALL_LOST' });
    expect(['answered', 'HOST_CALL_LOST']).toEqual(expect.arrayContaining(await ends));
    expect(host.get('lamp')).toMatchObject({ state: 'Crashed', reason: { kind: 'exit', code: 2 } });
    await host.stop('lamp');
    expect(host.stderr('lamp')).toContain('panic: the bridge is not connected: no-such-device');
    await expectOthersUndisturbed(before);
  });

  test('crashes by an error that gob cannot send, although its process lives', async () => {
    const pid = await load('bad/err-not-encodable');
    const before = others.map((id) => host.get(id));
    const crashed = nextCrash(host).then(({ reason }) => ({ reason, alive: isAlive(pid) }));
    const call = host.call('lamp', 'OnDeviceToggle', { Id: 'no-such-device', Status: true });
    await expect(call).rejects.toMatchObject({ code: 'HOST_CALL_LOST' });
    expect(host.get('lamp')).toMatchObject({ state: 'Crashed', reason: { kind: 'connection' } });
    expect(await crashed).toMatchObject({ reason: { kind: 'connection' }, alive: true });
    await expectOthersUndisturbed(before);

    await host.start('lamp');
    expect(isAlive(pid)).toBe(false);
    expect(await host.call('lamp', 'GetAvailableDevices')).toHaveProperty('Devices');
  });

  test('that ends before it is asked to stop is Stopped in the end', async () => {
    const pid = await load('lamp');
    process.kill(pid, 'SIGKILL');
    expect(await host.stop('lamp')).toMatchObject({ state: 'Stopped' });
    expect(host.get('lamp')).not.toHaveProperty('reason');
  });
});

describe('a plugin in TypeScript', () => {
  const compiled = compileMocks();
  const id = 'window-lights';
  let host: ReferenceHost;
  beforeEach(async () => {
    host = await hosts.make(PINGS);
  });

  /** @param onToggle - what the plugin does when a device is toggled, as the body of a function */
  const load = async (onToggle: string): Promise<number> => {
    const mock = `{
      handlers: { OnDeviceToggle: () => { ${onToggle}; return { Err: null } } },
      server: class extends PluginServer {
        onSocket(socket, plugins) { globalThis.socket = socket; super.onSocket(socket, plugins); }
      },
    }`;
    return pidOf(await host.load(hosts.put('mock', { text: nodePlugin(compiled, mock) })));
  };
  const toggle = (): Promise<Value> => host.call(id, 'OnDeviceToggle', { Id: 'window-lamp', Status: true });

  test('that closes its connection crashes, although its process lives', async () => {
    const pid = await load('setTimeout(() => socket.destroy(), 50)');
    const crashed = nextCrash(host).then(({ reason }) => ({ reason, alive: isAlive(pid) }));
    expect(await toggle()).toEqual({ Err: null });
    expect(await crashed).toMatchObject({ reason: { kind: 'connection' }, alive: true });
    await host.stop(id);
    expect(isAlive(pid)).toBe(false);
  });

  test('that sends what is not yamux crashes by its connection', async () => {
    await load("socket.write('HTTP/1.1 400 Bad Request\\r\\n\\r\\n')");
    await expect(toggle()).rejects.toMatchObject({ code: 'HOST_CALL_LOST' });
    expect(host.get(id)).toMatchObject({ state: 'Crashed', reason: { kind: 'connection' } });
  });

  test('that is busy for ever crashes as a hang, and so does the call in flight', async () => {
    await load('for (;;) {}');
    await expect(toggle()).rejects.toMatchObject({
      code: 'HOST_CALL_LOST',
      message: expect.stringContaining('ping'),
    });
    expect(host.get(id)).toMatchObject({ state: 'Crashed', reason: { kind: 'hang' } });
  });

  test('that exits with 0 crashes all the same', async () => {
    await load('process.exit(0)');
    await expect(toggle()).rejects.toMatchObject({ code: 'HOST_CALL_LOST' });
    expect(host.get(id)).toMatchObject({ state: 'Crashed', reason: { kind: 'exit', code: 0, signal: null } });
  });

  test('that answers nothing in time goes on Running', async () => {
    const mock = '{ handlers: { GetDeviceStatus: () => new Promise(() => {}) } }';
    await host.load(hosts.put('mock', { text: nodePlugin(compiled, mock) }));
    const call = host.call(id, 'GetDeviceStatus', { UniqueID: 'window-lamp' }, 200);
    await expect(call).rejects.toMatchObject({ code: 'HOST_CALL_TIMEOUT' });
    expect(await host.call(id, 'GetManifest')).toMatchObject({ Manifest: { Id: id } });
    expect(host.get(id).state).toBe('Running');
  });
});
