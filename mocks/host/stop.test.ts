import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, test } from 'vitest';
import { processesWith, until } from '../../harness/launch/test/leftovers.util.js';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { endsOf, isAlive, pidOf, useHosts, watch } from './hosts.util.js';
import type { ReferenceHost } from './index.js';

const hosts = useHosts();

describe.skipIf(!hasGo)('a plugin is Stopped, and never Crashed,', () => {
  let host: ReferenceHost;
  beforeEach(async () => {
    host = await hosts.make({ pingIntervalMs: 20, pingTimeoutMs: 1000, stopTimeoutMs: 1500 });
  });

  const load = async (example: string): Promise<number> =>
    pidOf(await host.load(hosts.put('plugin', { copyOf: goExample(example) })));

  test.each(['lamp', 'bad/ignores-quit', 'bad/leaves-a-child', 'bad/leaked-socket'])(
    'when it is %s',
    async (example) => {
      const pid = await load(example);
      if (example === 'bad/leaves-a-child') await until(() => processesWith(hosts.folder).length === 2);
      const changes = watch(host);
      expect(await host.stop('lamp')).toMatchObject({ state: 'Stopped' });
      expect(isAlive(pid)).toBe(false);
      expect(processesWith(hosts.folder)).toEqual([]);
      expect(changes.map(({ to }) => to)).toEqual(['Stopped']);
    },
  );

  test('when it is under SIGSTOP', async () => {
    const patient = await hosts.make({ stopTimeoutMs: 500 });
    const pid = pidOf(await patient.load(hosts.put('plugin', { copyOf: goExample('lamp') })));
    const changes = watch(patient);
    process.kill(pid, 'SIGSTOP');
    expect(await patient.stop('lamp')).toMatchObject({ state: 'Stopped' });
    expect(isAlive(pid)).toBe(false);
    expect(changes.map(({ to }) => to)).toEqual(['Stopped']);
  });

  test('when it dies while it is being stopped', async () => {
    const pid = await load('bad/ignores-quit');
    const changes = watch(host);
    const stopping = host.stop('lamp');
    await nextTurn();
    await expect(host.call('lamp', 'GetManifest')).rejects.toMatchObject({ code: 'HOST_NOT_RUNNING' });
    process.kill(pid, 'SIGKILL');
    expect(await stopping).toMatchObject({ state: 'Stopped' });
    expect(changes.map(({ to }) => to)).toEqual(['Stopped']);
  });

  test('with calls in flight, which come to an end', async () => {
    await load('lamp');
    const ends = endsOf(Array.from({ length: 64 }, () => host.call('lamp', 'GetAvailableDevices')));
    await host.stop('lamp');
    expect(['answered', 'HOST_CALL_LOST']).toEqual(expect.arrayContaining(await ends));
    expect(host.get('lamp').state).toBe('Stopped');
  });

  test('while another that does not go holds up nobody', async () => {
    await load('bad/ignores-quit');
    await host.load(goExample('amazing'));
    const changes = watch(host);
    await Promise.all([host.stop('lamp'), host.reload('amazing')]);
    expect(changes.map(({ id, to }) => `${id} ${to}`)).toEqual([
      'amazing Stopped',
      'amazing Running',
      'lamp Stopped',
    ]);
  });
});
