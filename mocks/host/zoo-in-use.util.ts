import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Driver } from './adapter/driver.util.js';
import type { Hosts } from './hosts.util.js';
import { kindOf, orphan, orSilence, stateInTheEnd, type Fault, type MakePlugin } from './zoo.util.js';

/** Longer than the grace of a plugin that is stopped. */
const LONG_MS = 6_000;
/** When a plugin has been asked to Quit. */
const ASKED_MS = 300;

/** Keeps the plugin's stdout open, for as long as it lives; its pid is written down. */
const LEAVES_A_CHILD = `OnLoad: () => {
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn('sleep', ['60'], { stdio: ['ignore', 1, 2], detached: true });
  child.unref();
  writeFileSync(process.argv[1] + '.child', String(child.pid));
  return { Err: null };
}`;

/** Hosts whose faults show when their plugins are used, die or are ended. */
export function faultsInUse(hosts: Hosts, plugin: MakePlugin): Readonly<Record<string, Fault>> {
  const stops = (driver: Driver, id: string): Promise<unknown> =>
    orSilence(kindOf(driver.request('stop', { id })), LONG_MS);
  return {
    'loses-replies': {
      see: async (driver) =>
        (await driver.request('call', { id: 'a', method: 'GetManifest' })).reply === null,
      good: false,
      bad: true,
    },
    'hangs-on-unknown-method': {
      see: (driver) => orSilence(kindOf(driver.request('call', { id: 'a', method: 'Nothing' }))),
      good: 'bad-request',
      bad: 'silence',
    },
    'reloads-nothing': {
      see: async (driver, pid) => (await driver.request('reload', { id: 'a' })).plugin.pid === pid,
      good: false,
      bad: true,
    },
    'forgets-manifest-of-the-stopped': {
      see: async (driver) => {
        await driver.request('stop', { id: 'a' });
        return 'manifest' in (await driver.get('a'));
      },
      good: true,
      bad: false,
    },
    'ignores-exits': {
      see: (driver, pid) => {
        process.kill(pid, 'SIGKILL');
        return stateInTheEnd(driver);
      },
      good: 'Crashed',
      bad: 'Running',
    },
    'tells-nothing': {
      see: async (driver, pid) => {
        process.kill(pid, 'SIGKILL');
        return [await stateInTheEnd(driver), driver.changes.map(({ plugin: { state } }) => state)];
      },
      good: ['Crashed', ['Running', 'Crashed']],
      bad: ['Crashed', []],
    },
    'never-pings': {
      see: (driver, pid) => {
        process.kill(pid, 'SIGSTOP');
        return stateInTheEnd(driver);
      },
      good: 'Crashed',
      bad: 'Running',
    },
    'leaves-plugins': {
      see: async (driver, pid) => {
        await driver.request('shutdown', {});
        return orphan(driver, pid);
      },
      good: { left: false, files: 0 },
      bad: { left: true, files: 1 },
    },
    'waits-for-the-stubborn': {
      see: async (driver, pid) => {
        process.kill(pid, 'SIGSTOP');
        const seen = await stops(driver, 'a');
        if (seen === 'silence') process.kill(pid, 'SIGCONT');
        return seen;
      },
      good: 'answered',
      bad: 'silence',
    },
    'waits-for-stdout': {
      with: () => void hosts.put('b', { text: plugin('b', LEAVES_A_CHILD) }),
      see: async (driver) => {
        const seen = await stops(driver, 'b');
        if (seen === 'silence')
          process.kill(Number(readFileSync(join(hosts.folder, 'b.child'), 'utf8')), 'SIGKILL');
        return seen;
      },
      good: 'answered',
      bad: 'silence',
    },
    'blames-the-stopped': {
      see: async (driver, pid) => {
        process.kill(pid, 'SIGSTOP');
        const stopping = driver.request('stop', { id: 'a' });
        await delay(ASKED_MS);
        process.kill(pid, 'SIGKILL');
        return (await stopping).plugin.state;
      },
      good: 'Stopped',
      bad: 'Crashed',
    },
  };
}
