import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createCertificate, formatCertificateField } from '../../harness/handshake/index.js';
import { processesWith } from '../../harness/launch/test/leftovers.util.js';
import { EVENTUALLY } from '../../harness/test/eventually.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { useGoHosts, type DrivenHost } from './go-hosts.util.js';

const hosts = useGoHosts();

/** A host that is as patient as a test needs it. */
const start = (...flags: string[]): DrivenHost =>
  hosts.start('adapter-host', ['--start-timeout', '20000', ...flags]);

describe.skipIf(!hasGo)('a folder', () => {
  test('has its plugins loaded, and everything else named', async () => {
    hosts.copy('lamp', 'amazing', 'once', 'bad/wrong-cookie', 'bad/wrong-version', 'bad/noisy-stdout');
    hosts.copy('bad/missing-method');
    writeFileSync(join(hosts.folder, 'README.md'), '# Plugins\n');
    mkdirSync(join(hosts.folder, 'folder'));
    writeFileSync(join(hosts.folder, 'data'), 'no program, but executable', { mode: 0o755 });
    hosts.script('silent', 'exec sleep 600');
    const certificate = formatCertificateField((await createCertificate()).certificate);
    hosts.script('certified', `echo "1|1|unix|$TMPDIR/s|netrpc|${certificate}"; exec sleep 600`);
    hosts.script('nobody-home', 'echo "1|1|unix|$TMPDIR/none|netrpc"; exec sleep 600');
    const host = start('--start-timeout', '2000', '--call-timeout', '2000');
    const { plugins, problems } = await host.ask('load', { dir: hosts.folder });
    expect(plugins.map(({ id, state }) => `${id} ${state}`)).toEqual([
      'amazing Running',
      'lamp Running',
      'once Running',
    ]);
    expect(problems.map(({ file }) => file.slice(hosts.folder.length + 1))).toEqual([
      'README.md',
      'certified',
      'data',
      'folder',
      'missing-method',
      'nobody-home',
      'noisy-stdout',
      'silent',
      'wrong-cookie',
      'wrong-version',
    ]);
    expect(problems[1]?.message).toContain('go-plugin panicked');
    expect((await host.plugins()).map(({ id }) => id)).toEqual(['amazing', 'lamp', 'once']);
    expect(host.told('lamp')).toEqual(['Running']);
  });

  test('with two plugins of one id: one stays, and the other is ended', async () => {
    hosts.copy('lamp', 'bad/ignores-quit');
    const { plugins, problems } = await start('--stop-timeout', '300').ask('load', { dir: hosts.folder });
    expect(plugins).toMatchObject([{ id: 'lamp', state: 'Running' }]);
    expect(problems).toMatchObject([{ message: expect.stringContaining('"lamp"') }]);
    expect(processesWith(hosts.folder)).toHaveLength(1);
  });

  test('that cannot be read is an error', async () => {
    expect(await start().refusal('load', { dir: join(hosts.folder, 'none') })).toBe('bad-request');
  });

  test('that is slow to load holds up nothing else', async () => {
    hosts.script('silent', 'exec sleep 600');
    hosts.copy('lamp');
    const host = start();
    const loading = host.send('load', { dir: hosts.folder });
    await expect.poll(() => host.told('lamp'), EVENTUALLY).toEqual(['Running']);
    expect(await host.ask('call', { id: 'lamp', method: 'GetManifest' })).toHaveProperty('reply.Manifest');
    await host.ask('shutdown', {});
    expect((await loading).result).toMatchObject({ problems: [{ file: join(hosts.folder, 'silent') }] });
  });
});

describe.skipIf(!hasGo)('calls', () => {
  test('of all eight methods bring the whole reply', async () => {
    hosts.copy('lamp');
    const host = start();
    await host.load(hosts.folder);
    const call = async (method: string, args?: object): Promise<unknown> =>
      (await host.ask('call', { id: 'lamp', method, ...(args && { args: args as never }) })).reply;
    expect(await call('GetManifest')).toEqual({
      Manifest: {
        Id: 'lamp',
        Name: 'Lamps and Sockets',
        Author: 'The Iglu Examples',
        Version: 'v1.2.0',
      },
    });
    expect(await call('OnLoad')).toEqual({ Err: null });
    expect(await call('GetDeviceStatus', { UniqueID: 'lamp-hall' })).toEqual({ Status: false });
    expect(await call('OnDeviceToggle', { Id: 'lamp-hall', Status: true })).toEqual({ Err: null });
    expect(await call('GetDeviceStatus', { UniqueID: 'lamp-hall' })).toEqual({ Status: true });
    const update = [{ Key: 'tone', Value: 'cold', UserID: '' }];
    expect(await call('OnConfigurationUpdate', { Configuration: update })).toBeNull();
    expect(await call('GetAvailableDevices')).toHaveProperty('Devices.length', 3);
    expect(await call('GetWebExtensions')).toHaveProperty('Extensions.length', 2);
    expect(await call('GetPluginConfiguration')).toHaveProperty('Configuration.0.Values', []);
  });

  test('that cannot be answered are errors', async () => {
    hosts.copy('lamp', 'amazing');
    const host = start();
    await host.load(hosts.folder);
    const refusal = (id: string, method: string, args: unknown = null): Promise<unknown> =>
      host.refusal('call', { id, method, args });
    expect(await refusal('lamp', 'GetDeviceStatus', { UniqueID: 'no-such-device' })).toBe('plugin-error');
    expect(await refusal('lamp', 'NoSuchMethod')).toBe('bad-request');
    expect(await refusal('lamp', 'GetDeviceStatus')).toBe('bad-request');
    expect(await refusal('lamp', 'GetDeviceStatus', { UniqueID: 1 })).toBe('bad-request');
    expect(await refusal('lamp', 'GetDeviceStatus', { Id: 'lamp-hall' })).toBe('bad-request');
    expect(await refusal('lamp', 'GetManifest', {})).toBe('bad-request');
    expect(await refusal('amazing', 'OnLoad')).toBe('plugin-error');
    expect(await refusal('amazing', 'GetDeviceStatus', { UniqueID: 'x' })).toBe('plugin-error');
    expect(await refusal('nobody', 'GetManifest')).toBe('unknown-plugin');
    expect((await host.plugins()).map(({ state }) => state)).toEqual(['Running', 'Running']);
  });
});

describe.skipIf(!hasGo)('requests', () => {
  test('that are none are refused', async () => {
    const host = start();
    expect(await host.refusal('bogus', {})).toBe(-32601);
    expect(await host.refusal('load', {})).toBe(-32602);
    expect(await host.refusal('stop', { id: 7 })).toBe(-32602);
    expect(await host.refusal('list', { id: 'lamp' })).toBe(-32602);
    for (const method of ['start', 'stop', 'reload', 'unload'])
      expect(await host.refusal(method, { id: 'nobody' })).toBe('unknown-plugin');
  });

  test('start, stop, reload and unload give a new process, or none', async () => {
    hosts.copy('once');
    const host = start();
    const { once } = await host.load(hosts.folder);
    expect(await host.refusal('start', { id: 'once' })).toBe('already-running');
    const reloaded = await host.ask('reload', { id: 'once' });
    expect(reloaded.plugin).toMatchObject({
      state: 'Running',
      pid: expect.not.toSatisfy((pid) => pid === once),
    });
    expect((await host.ask('stop', { id: 'once' })).plugin).toMatchObject({ manifest: { Id: 'once' } });
    expect(await host.refusal('call', { id: 'once', method: 'GetManifest' })).toBe('not-running');
    await host.ask('start', { id: 'once' });
    await host.ask('unload', { id: 'once' });
    expect(await host.refusal('start', { id: 'once' })).toBe('unknown-plugin');
    expect(host.told('once')).toEqual(['Running', 'Stopped', 'Running', 'Stopped', 'Running', 'Stopped']);
  });
});

test.skipIf(!hasGo)('a command line that makes no sense is told', async () => {
  const host = hosts.start('adapter-host', ['--ping-interval', '2s']);
  expect(await host.ended).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('milliseconds') });
});
