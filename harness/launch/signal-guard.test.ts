import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { execa } from 'execa';
import { expect, test } from 'vitest';

import { compileLaunch } from './test/compiled.util.js';
import { processesWith, until } from './test/leftovers.util.js';
import { SLEEP, sleepers } from './test/programs.util.js';

/** A plugin-like tree: it ignores what can be ignored, and has a child, a daemon and one that clears its environment. */
const TREE = `trap '' INT TERM HUP
  sleep ${SLEEP} &
  (setsid sleep ${SLEEP} </dev/null >/dev/null 2>&1 &)
  (env -i setsid sleep ${SLEEP} &)
  echo up; wait; wait`;
const SLEEPERS = 3;

const folder = compileLaunch();

/** Runs a host that has launched two such trees, in a Node process of its own. */
async function startHost(name: string, lines: string) {
  const path = join(folder, `${name}.js`);
  writeFileSync(
    path,
    `import { endEverythingNow, installSignalGuard, launchProcess } from './harness/launch/index.js';
    ${lines}
    const launched = await Promise.all([1, 2].map(() => launchProcess({ command: ['/bin/sh', '-c', ${JSON.stringify(TREE)}] })));
    console.log(launched.map(({ folders }) => folders.root).join('\\n'));`,
  );
  const host = execa(process.execPath, [path], { reject: false, buffer: false, cwd: folder });
  let output = '';
  host.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  await until(() => output.trim().split('\n').length === 2);
  await until(() => sleepers().length === 2 * SLEEPERS);
  return { host, folders: output.trim().split('\n'), output: () => output };
}

function expectNothingLeft(folders: string[]): void {
  expect(processesWith(SLEEP)).toEqual([]);
  for (const root of folders) expect(existsSync(root)).toBe(false);
}

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const)('%s ends everything and exits with %d', async (signal, exitCode) => {
  const { host, folders } = await startHost(signal, 'installSignalGuard();');
  host.kill(signal);
  expect(await host).toMatchObject({ exitCode });
  expectNothingLeft(folders);
});

test('the listener is told when all has ended, and may choose the exit code', async () => {
  const told = join(folder, 'told');
  const { host, folders } = await startHost(
    'listener',
    `import { writeFileSync } from 'node:fs';
    installSignalGuard(async (signal) => { writeFileSync(${JSON.stringify(told)}, signal); return 77; });`,
  );
  host.kill('SIGTERM');
  expect(await host).toMatchObject({ exitCode: 77 });
  expect(readFileSync(told, 'utf8')).toBe('SIGTERM');
  expectNothingLeft(folders);
});

test('a second signal does not wait for the listener', async () => {
  const told = join(folder, 'told-twice');
  const { host, folders } = await startHost(
    'twice',
    `import { writeFileSync } from 'node:fs';
    setInterval(() => {}, 1000);
    installSignalGuard(() => { writeFileSync(${JSON.stringify(told)}, ''); return new Promise(() => {}); });`,
  );
  host.kill('SIGINT');
  await until(() => existsSync(told));
  host.kill('SIGINT');
  expect(await host).toMatchObject({ exitCode: 130 });
  expectNothingLeft(folders);
});

test('a listener that never answers does not turn the exit code into 0', async () => {
  const { host, folders } = await startHost('silent', 'installSignalGuard(() => new Promise(() => {}));');
  host.kill('SIGINT');
  expect(await host).toMatchObject({ exitCode: 130 });
  expectNothingLeft(folders);
});

test('a second signal amid the ending leaves nothing behind either', async () => {
  const { host, folders } = await startHost('amid', 'installSignalGuard();');
  host.kill('SIGINT');
  await until(() => processesWith(SLEEP).length < 2 * SLEEPERS + 2);
  host.kill('SIGTERM');
  // Once Node has begun to exit it hears no more signals, and dies of the next one.
  const { exitCode, signal } = await host;
  expect([130, 143, 'SIGTERM']).toContain(exitCode ?? signal);
  expectNothingLeft(folders);
});

test.each([
  ['process.exit(5)', 5],
  ["throw new Error('nobody catches me')", 1],
])('%s leaves nothing behind, even without a guard', async (statement, exitCode) => {
  const { host, folders } = await startHost(
    `exit-${exitCode}`,
    `process.on('SIGUSR2', () => { ${statement}; });`,
  );
  host.kill('SIGUSR2');
  expect(await host).toMatchObject({ exitCode });
  expectNothingLeft(folders);
});
