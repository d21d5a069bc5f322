import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { EVENTUALLY } from '../../harness/test/eventually.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { useGoHosts } from './go-hosts.util.js';

const hosts = useGoHosts();

describe.skipIf(!hasGo)("the seed's host, as its text prints it,", () => {
  test('loads plugins, calls them, and never says that one is Running', async () => {
    hosts.copy('lamp', 'amazing');
    const host = hosts.start('seed-host');
    const { lamp } = await host.load(hosts.folder);
    const status = { id: 'lamp', method: 'GetDeviceStatus', args: { UniqueID: 'lamp-hall' } };
    expect(await host.ask('call', status)).toEqual({ reply: { Status: false } });
    const { plugin } = await host.ask('reload', { id: 'lamp' });
    expect(plugin).toMatchObject({ state: 'Stopped', manifest: { Id: 'lamp' } });
    expect(plugin.pid).not.toBe(lamp);
    expect(await host.refusal('unload', { id: 'lamp' })).toBe(-32601);
    expect(await host.refusal('stop', { id: 'nobody' })).toBe('unknown-plugin');
    await host.ask('shutdown', {});
    expect(await host.ended).toMatchObject({ exitCode: 0 });
  });

  test('does not notice the death of a plugin, and dies of the next call', async () => {
    hosts.copy('lamp');
    const host = hosts.start('seed-host');
    const { lamp = 0 } = await host.load(hosts.folder);
    process.kill(lamp, 'SIGKILL');
    await expect
      .poll(async () => host.plugins(), EVENTUALLY)
      .toEqual([expect.not.objectContaining({ pid: lamp })]);
    expect(await host.plugins()).toMatchObject([{ id: 'lamp', state: 'Stopped' }]);
    await expect(host.ask('call', { id: 'lamp', method: 'GetManifest' })).rejects.toThrow(
      'connection is shut down',
    );
    expect(await host.ended).toMatchObject({ exitCode: 2 });
    // The plugin's socket is left.
    for (const file of readdirSync(hosts.temp)) rmSync(join(hosts.temp, file));
  });

  test('dies of a README in the folder', async () => {
    writeFileSync(join(hosts.folder, 'README.md'), '# Plugins\n');
    const host = hosts.start('seed-host');
    await expect(host.load(hosts.folder)).rejects.toThrow('permission denied');
    expect(await host.ended).toMatchObject({ exitCode: 1 });
  });
});
