import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { processesWith, until } from '../../harness/launch/test/leftovers.util.js';
import { EVENTUALLY } from '../../harness/test/eventually.util.js';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { standStill, useGoHosts, type DrivenHost } from './go-hosts.util.js';

const hosts = useGoHosts();

/** Patient with pings and calls, so that neither is what ends a plugin. */
const start = (...flags: string[]): DrivenHost =>
  hosts.start('adapter-host', ['--ping-timeout', '60000', '--call-timeout', '60000', ...flags]);

describe.skipIf(!hasGo)('a plugin is Crashed', () => {
  test('when it is killed; calls in flight end, the manifest stays, and it can be started', async () => {
    hosts.copy('lamp', 'amazing');
    const host = start();
    const { lamp = 0, amazing } = await host.load(hosts.folder);
    await standStill(lamp);
    const calls = Array.from({ length: 32 }, () =>
      host.refusal('call', { id: 'lamp', method: 'GetAvailableDevices' }),
    );
    await host.ask('list', {});
    process.kill(lamp, 'SIGKILL');
    expect(new Set(await Promise.all(calls))).toEqual(new Set(['lost']));
    expect(host.told('lamp')).toEqual(['Running', 'Crashed exit']);
    expect(await host.plugins()).toMatchObject([
      { id: 'amazing', state: 'Running', pid: amazing },
      { id: 'lamp', state: 'Crashed', manifest: { Id: 'lamp' } },
    ]);
    expect(await host.refusal('call', { id: 'lamp', method: 'GetManifest' })).toBe('not-running');
    const { plugin } = await host.ask('start', { id: 'lamp' });
    expect(plugin.pid).not.toBe(lamp);
    expect(await host.ask('call', { id: 'lamp', method: 'GetManifest' })).toHaveProperty('reply.Manifest');
  });

  test('when it panics in a method', async () => {
    hosts.copy('bad/panics');
    const host = start();
    await host.load(hosts.folder);
    const call = { id: 'lamp', method: 'GetDeviceStatus', args: { UniqueID: 'lamp-hall' } };
    expect(await host.refusal('call', call)).toBe('lost');
    expect(host.told('lamp')).toEqual(['Running', 'Crashed exit']);
  });

  test('when it does not answer pings; its process is ended', async () => {
    hosts.copy('lamp');
    const host = hosts.start('adapter-host', ['--ping-interval', '3000', '--ping-timeout', '500']);
    const { lamp = 0 } = await host.load(hosts.folder);
    await standStill(lamp);
    expect(await host.refusal('call', { id: 'lamp', method: 'GetManifest' })).toBe('lost');
    expect(host.told('lamp')).toEqual(['Running', 'Crashed hang']);
    await expect.poll(() => processesWith(hosts.folder), EVENTUALLY).toEqual([]);
    await expect.poll(() => readdirSync(hosts.temp), EVENTUALLY).toEqual([]);
  });

  test.each([
    ['err-not-encodable', 'OnDeviceToggle', { Id: 'x', Status: true }],
    ['err-registered-here-only', 'OnDeviceToggle', { Id: 'x', Status: true }],
    ['reply-of-another-kind', 'GetDeviceStatus', { UniqueID: 'lamp-hall' }],
  ])('when a reply of %s ends its connection, and its process is ended', async (example, method, args) => {
    hosts.copy(`bad/${example}`);
    const host = start();
    await host.load(hosts.folder);
    expect(await host.refusal('call', { id: 'lamp', method, args })).toBe('lost');
    expect(host.told('lamp')).toEqual(['Running', 'Crashed connection']);
    await expect.poll(() => processesWith(hosts.folder), EVENTUALLY).toEqual([]);
    await host.ask('start', { id: 'lamp' });
  });

  test('when it is killed while a child of it holds its output open', async () => {
    hosts.script('plugin', `sleep 600 &\nexec ${goExample('lamp')} ${hosts.folder}`);
    const host = start();
    const { lamp = 0 } = await host.load(hosts.folder);
    process.kill(lamp, 'SIGKILL');
    await expect.poll(() => host.told('lamp'), EVENTUALLY).toEqual(['Running', 'Crashed exit']);
    await host.ask('reload', { id: 'lamp' });
  });
});

describe.skipIf(!hasGo)('a plugin is Stopped, and never Crashed,', () => {
  test.each(['lamp', 'bad/ignores-quit', 'bad/leaves-a-child', 'bad/leaked-socket'])(
    'when it is %s; nothing of it is left',
    async (example) => {
      hosts.copy(example);
      const host = start('--stop-timeout', '500');
      await host.load(hosts.folder);
      if (example === 'bad/leaves-a-child') await until(() => processesWith(hosts.folder).length === 2);
      expect((await host.ask('stop', { id: 'lamp' })).plugin.state).toBe('Stopped');
      expect(processesWith(hosts.folder)).toEqual([]);
      expect(readdirSync(hosts.temp)).toEqual([]);
      expect(host.told('lamp')).toEqual(['Running', 'Stopped']);
    },
  );

  test('when it stands still; others are not held up', async () => {
    hosts.copy('lamp', 'amazing');
    const host = start('--stop-timeout', '1000');
    const { lamp = 0 } = await host.load(hosts.folder);
    await standStill(lamp);
    const stopping = host.ask('unload', { id: 'lamp' });
    await host.ask('reload', { id: 'amazing' });
    expect(host.told('lamp')).toEqual(['Running']);
    await stopping;
    expect(host.told('lamp')).toEqual(['Running', 'Stopped']);
  });
});

describe.skipIf(!hasGo)('the host lives on', () => {
  test('when a plugin writes to stderr what go-plugin cannot read, or more than anybody reads', async () => {
    hosts.script(
      'plugin',
      `echo '{"@message": 1, "@level": 2}' >&2; head -c 4000000 /dev/zero >&2\nexec ${goExample('lamp')} ${hosts.folder}`,
    );
    const host = start();
    await host.load(hosts.folder);
    expect(host.told('lamp')).toEqual(['Running']);
  });

  test('when a plugin prints a line without end, and does not make it wait', async () => {
    const flood = 'until [ -e "$0.go" ]; do sleep 0.05; done; head -c 4000000 /dev/zero; touch "$0.done"';
    hosts.script('plugin', `(${flood}) &\nexec ${goExample('lamp')} ${hosts.folder}`);
    const host = start();
    await host.load(hosts.folder);
    writeFileSync(join(hosts.folder, 'plugin.go'), '');
    await expect.poll(() => readdirSync(hosts.folder), EVENTUALLY).toContain('plugin.done');
    expect(host.told('lamp')).toEqual(['Running']);
  });
});

describe.skipIf(!hasGo)('no plugin is left, and no file of one,', () => {
  test.each([
    ['shutdown', (host: DrivenHost) => void host.ask('shutdown', {}), 0],
    ['the end of stdin', (host: DrivenHost) => host.endInput(), 0],
    ['the end of whoever reads stdout', (host: DrivenHost) => host.closeOutput(), 0],
    ['SIGTERM', (host: DrivenHost) => host.kill('SIGTERM'), 143],
    ['SIGINT', (host: DrivenHost) => host.kill('SIGINT'), 130],
    ['SIGHUP', (host: DrivenHost) => host.kill('SIGHUP'), 129],
  ])('after %s', async (_, end, exitCode) => {
    hosts.copy('lamp', 'amazing', 'bad/leaked-socket');
    hosts.script('slow', 'exec sleep 600');
    const host = start('--stop-timeout', '1000');
    const loading = host.send('load', { dir: hosts.folder }).catch(() => {});
    await expect
      .poll(() => [host.told('lamp'), host.told('amazing')], EVENTUALLY)
      .toEqual([['Running'], ['Running']]);
    end(host);
    expect(await host.ended).toMatchObject({ exitCode });
    await loading;
    expect(processesWith(hosts.folder)).toEqual([]);
    expect(readdirSync(hosts.temp)).toEqual([]);
  });
});
