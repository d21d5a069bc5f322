import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { vi } from 'vitest';
import type { Driver } from './adapter/driver.util.js';
import type { Hosts } from './hosts.util.js';
import { kindOf, orSilence, type Fault, type MakePlugin } from './zoo.util.js';

/** Longer than a start may take. */
const LONG_MS = 9_000;

/** Hosts whose faults show when plugins are started. */
export function faultsOfTheStart(
  hosts: Hosts,
  plugin: MakePlugin,
  compiled: (file: string) => string,
): Readonly<Record<string, Fault>> {
  const put = (text: string) => (): void => void hosts.put('b', { text });
  const count = async (driver: Driver): Promise<number> => (await driver.list()).length;
  const ids = async (driver: Driver): Promise<string[]> => (await driver.list()).map(({ id }) => id).sort();
  const loads = (driver: Driver): Promise<string> => kindOf(driver.request('load', { dir: hosts.folder }));
  const loadsWith =
    (text: () => string) =>
    (driver: Driver): Promise<string> => {
      put(text())();
      return loads(driver);
    };
  const writesEnvironment = put('#!/bin/sh\nenv > "$0.env"\nexit 1\n');
  const environmentHas = (text: string) => async (): Promise<boolean> =>
    readFileSync(join(hosts.folder, 'b.env'), 'utf8').includes(text);
  return {
    'logs-to-stdout': {
      see: async (driver) => driver.invalid.splice(0).length,
      good: 0,
      bad: 1,
    },
    'answers-any-request': {
      see: (driver) =>
        driver.request('nothing-known' as 'list', {}).then(
          () => 'answered',
          ({ code }: { code: number }) => code,
        ),
      good: -32601,
      bad: 'answered',
    },
    'wants-an-extension': { see: count, good: 1, bad: 0 },
    'dispenses-another-name': { see: count, good: 1, bad: 0 },
    'loads-the-first-only': {
      with: () => put(plugin('b'))(),
      see: async (driver) => (await ids(driver)).length,
      good: 2,
      bad: 1,
    },
    'sends-another-cookie': {
      with: writesEnvironment,
      see: environmentHas('=another cookie\n'),
      good: false,
      bad: true,
    },
    'offers-no-versions': {
      with: writesEnvironment,
      see: environmentHas('PLUGIN_PROTOCOL_VERSIONS='),
      good: true,
      bad: false,
    },
    'hands-its-environment-on': {
      with: () => {
        vi.stubEnv('OWN_SECRET', 'of the host');
        writesEnvironment();
      },
      see: environmentHas('OWN_SECRET='),
      good: false,
      bad: true,
    },
    'dies-of-lost-setup': {
      see: loadsWith(() => plugin('b', 'OnLoad: () => process.exit(3)')),
      good: 'answered',
      bad: 'the host exited with 2',
    },
    'dies-of-bad-start': {
      see: loadsWith(() => '#!/bin/sh\nexit 0\n'),
      good: 'answered',
      bad: 'the host exited with 2',
    },
    'dies-of-strange-reply': {
      see: loadsWith(() => {
        const orders = { contract: 'iglu', record: '/dev/null', behaviour: 'wrong-reply-type' };
        const main = compiled('mocks/plugins/watched/main.js');
        return `#!/usr/bin/env node\nimport('${main}').then((m) => m.runWatched(${JSON.stringify(orders)}));\n`;
      }),
      good: 'answered',
      bad: 'the host exited with 2',
    },
    'dies-of-strange-logs': {
      see: async (driver) => {
        const log = `${JSON.stringify({ '@message': 42 })}\\n`;
        put(plugin('b', `OnLoad: () => (writeFileSync(2, '${log}'), { Err: null })`))();
        await loads(driver);
        return orSilence(driver.process.then(({ exitCode }) => exitCode));
      },
      good: 'silence',
      bad: 1,
    },
    'never-reads-stderr': {
      with: put('#!/bin/sh\nhead -c 1000000 /dev/zero >&2\ntouch "$0.done"\nexit 1\n'),
      see: async () => existsSync(join(hosts.folder, 'b.done')),
      good: true,
      bad: false,
    },
    'waits-for-handshakes': {
      see: (driver) => {
        put('#!/bin/sh\nexec sleep 60\n')();
        return orSilence(loads(driver), LONG_MS);
      },
      good: 'answered',
      bad: 'silence',
    },
  };
}
