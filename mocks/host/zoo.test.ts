import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { compile } from '../../harness/test/compiled.util.js';
import { processesWith, until } from '../../harness/launch/test/leftovers.util.js';
import { useDrivers } from './adapter/driver.util.js';
import { nodePlugin } from './compiled.util.js';
import { isAlive, useHosts } from './hosts.util.js';
import { HOST_ZOO } from './index.js';
import { faultsInUse } from './zoo-in-use.util.js';
import { faultsOfTheStart } from './zoo-start.util.js';
import { hangingCall, kindOf, orphan, orSilence, stateInTheEnd, toggle, type Fault } from './zoo.util.js';

const names = readdirSync(HOST_ZOO).map((file) => basename(file, '.ts'));
const compiled = compile(
  'mocks/host/adapter/main.ts',
  'mocks/plugins/iglu.ts',
  'mocks/plugins/watched/main.ts',
  ...names.map((name) => `mocks/host/zoo/${name}.ts`),
);
const hosts = useHosts();
const drive = useDrivers();
const FLAGS = ['--ping-interval', '50', '--ping-timeout', '1500', '--start-timeout', '3000'];
/** A plugin that does what it is told in the id of a device, and notes a Quit in a file beside it. */
const OBEDIENT = (id: string, handlers = ''): string =>
  nodePlugin(
    compiled,
    `{
      handlers: {
        GetManifest: () => ({ Manifest: { Id: '${id}', Name: 'x', Author: '', Version: 'v1.0.0' } }),
        GetDeviceStatus: () => new Promise(() => {}),
        OnDeviceToggle: ({ Id }) => {
          if (Id === 'exit') process.exit(3);
          if (Id === 'disconnect') setTimeout(() => socket.destroy(), 50);
          return { Err: null };
        },
        ${handlers}
      },
      server: class extends PluginServer {
        onSocket(socket, plugins) { globalThis.socket = socket; super.onSocket(socket, plugins); }
        onLastConnectionClosed() {}
        quit() { writeFileSync(process.argv[1] + '.quit', ''); super.quit(); }
      },
    }`,
  ).replace('import', "import { writeFileSync } from 'node:fs';\nimport");

const another = (id: string) => (): void => void hosts.put('b', { text: OBEDIENT(id) });

const FAULTS: Readonly<Record<string, Fault>> = {
  'never-says-running': {
    see: async (driver, pid) => {
      const before = await driver.get('a');
      process.kill(pid, 'SIGKILL');
      await until(async () => (await driver.get('a')).pid === undefined);
      return [before.state, (await driver.get('a')).state];
    },
    good: ['Running', 'Crashed'],
    bad: ['Stopped', 'Stopped'],
  },
  'sees-exits-only-no-pings': {
    see: async (driver, pid) => {
      process.kill(pid, 'SIGSTOP');
      return stateInTheEnd(driver);
    },
    good: 'Crashed',
    bad: 'Running',
  },
  'ignores-lost-connection': {
    see: async (driver) => [
      await toggle(driver, 'disconnect'),
      await stateInTheEnd(driver),
      await toggle(driver, ''),
    ],
    good: ['answered', 'Crashed', 'not-running'],
    bad: ['answered', 'Running', 'lost'],
  },
  'dies-of-lost-call': {
    see: (driver) => toggle(driver, 'exit'),
    good: 'lost',
    bad: 'the host exited with 2',
  },
  'dies-of-bad-plugin': {
    see: async (driver) => {
      hosts.put('b', { text: '#!/bin/sh\nexit 0\n' });
      return kindOf(driver.request('load', { dir: hosts.folder }));
    },
    good: 'answered',
    bad: 'the host exited with 1',
  },
  'runs-every-file': {
    with: () => hosts.put('README.md', { text: 'touch "$0.ran"\n', mode: 0o644 }),
    see: async () => existsSync(join(hosts.folder, 'README.md.ran')),
    good: false,
    bad: true,
  },
  'runs-after-failed-onload': {
    with: () => hosts.put('b', { text: OBEDIENT('b', "OnLoad: () => { throw new Error('no bridge') }") }),
    see: async (driver) => (await driver.list()).map(({ id }) => id).sort(),
    good: ['a'],
    bad: ['a', 'b'],
  },
  'unknown-id-locks': {
    see: async (driver) => [
      await kindOf(driver.request('stop', { id: 'nobody' })),
      await orSilence(kindOf(driver.list())),
    ],
    good: ['unknown-plugin', 'answered'],
    bad: ['unknown-plugin', 'silence'],
  },
  'unloads-another': {
    with: another('b'),
    see: async (driver) => {
      await driver.request('unload', { id: 'a' });
      return (await driver.list()).map(({ id }) => id);
    },
    good: ['b'],
    bad: ['a'],
  },
  'answers-from-another': {
    with: another('b'),
    see: async (driver) => {
      const call = async (id: string): Promise<string> => {
        const { reply } = await driver.request('call', { id, method: 'GetManifest' });
        return (reply as { Manifest: { Id: string } }).Manifest.Id;
      };
      return (await call('a')) === (await call('b'));
    },
    good: false,
    bad: true,
  },
  'one-lock-for-all': {
    see: (driver) => {
      void hangingCall(driver);
      return orSilence(kindOf(driver.list()));
    },
    good: 'answered',
    bad: 'silence',
  },
  'orphans-on-sigterm': {
    see: async (driver, pid) => {
      driver.process.kill('SIGTERM');
      return orphan(driver, pid);
    },
    good: { left: false, files: 0 },
    bad: { left: true, files: 1 },
  },
  'keeps-calls-hanging': {
    see: (driver, pid) => {
      const call = hangingCall(driver);
      process.kill(pid, 'SIGKILL');
      return orSilence(call);
    },
    good: 'lost',
    bad: 'silence',
  },
  'restarts-nothing': {
    see: async (driver, pid) => {
      process.kill(pid, 'SIGKILL');
      await until(async () => (await driver.get('a')).state === 'Crashed');
      const { plugin } = await driver.request('start', { id: 'a' });
      return [plugin.state, 'pid' in plugin, await toggle(driver, '')];
    },
    good: ['Running', true, 'answered'],
    bad: ['Running', false, 'not-running'],
  },
  'forgets-manifest': {
    see: async (driver, pid) => {
      process.kill(pid, 'SIGKILL');
      await until(async () => (await driver.get('a')).state === 'Crashed');
      return 'manifest' in (await driver.get('a'));
    },
    good: true,
    bad: false,
  },
  'second-id-replaces': {
    with: another('a'),
    see: async (driver) => ({
      plugins: (await driver.list()).length,
      processes: processesWith(hosts.folder).length,
    }),
    good: { plugins: 1, processes: 1 },
    bad: { plugins: 1, processes: 2 },
  },
  'kills-nothing': {
    see: async (driver, pid) => {
      const { plugin } = await driver.request('stop', { id: 'a' });
      return [plugin.state, isAlive(pid)];
    },
    good: ['Stopped', false],
    bad: ['Stopped', true],
  },
  'ends-without-quit': {
    see: async (driver) => {
      await driver.request('stop', { id: 'a' });
      return existsSync(join(hosts.folder, 'a.quit'));
    },
    good: true,
    bad: false,
  },
};

const ALL = { ...FAULTS, ...faultsOfTheStart(hosts, OBEDIENT, compiled), ...faultsInUse(hosts, OBEDIENT) };

test('every host of the zoo is here', () => {
  expect(Object.keys(ALL).sort()).toEqual(names.sort());
  expect(HOST_ZOO).toBe(fileURLToPath(new URL('./zoo/', import.meta.url)));
});

test.each(Object.entries(ALL))('%s, and nothing else', async (name, fault) => {
  const observe = async (program: string): Promise<unknown> => {
    hosts.put('a', { text: OBEDIENT('a') });
    fault.with?.();
    const driver = drive(compiled(program), ...FLAGS);
    await driver.request('load', { dir: hosts.folder });
    const a = (await driver.list()).find(({ id }) => id === 'a');
    const seen = await fault.see(driver, a?.pid ?? 0);
    expect(driver.isAlive ? (await driver.end()).exitCode : 0).toBe(0);
    for (const file of readdirSync(hosts.folder)) rmSync(join(hosts.folder, file));
    return seen;
  };
  expect(await observe('mocks/host/adapter/main.ts')).toEqual(fault.good);
  expect(await observe(`mocks/host/zoo/${name}.ts`)).toEqual(fault.bad);
});
