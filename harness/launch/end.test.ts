import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { execa } from 'execa';
import { describe, expect, test } from 'vitest';

import { capabilities, endEverything, launchProcess } from './index.js';
import { compileLaunch } from './test/compiled.util.js';
import { processesWith, until } from './test/leftovers.util.js';
import { launch, launchNode, launchShell, SLEEP, sleepers, writeFile } from './test/programs.util.js';

const folder = compileLaunch();

test('a process that ignores every signal it can is ended, with its children', async () => {
  const running = await launchShell(`trap '' TERM INT HUP QUIT; sleep ${SLEEP} & wait; wait`);
  await until(() => sleepers().length === 1);
  running.signal('SIGTERM');
  const report = await running.end();
  expect(report.killed.map(({ foundBy }) => foundBy)).toEqual(['self', 'parent']);
  expect(report.killed[1]).toMatchObject({ ppid: running.pid, command: `sleep ${SLEEP}` });
  expect(report.survivors).toEqual([]);
  expect(running.exited).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(running.stdout.ended).toBe(true);
  expect(existsSync(running.folders.root)).toBe(false);
});

test('a stopped process is ended', async () => {
  const running = await launchShell('kill -STOP $$');
  await running.end();
  expect(running.exited).toMatchObject({ signal: 'SIGKILL' });
});

test('ending is idempotent, also when asked for many times at once', async () => {
  const running = await launchShell(`sleep ${SLEEP} & wait`);
  const [first, ...others] = await Promise.all([running.end(), running.end(), running.end()]);
  for (const other of [...others, await running.end()]) expect(other).toBe(first);
  expect(await running.descendants()).toEqual([]);
});

test('descendants shows the tree while it lives, and end() leaves other launches alone', async () => {
  const bystander = await launchShell(`sleep ${SLEEP} & wait`);
  const running = await launchShell(`sh -c 'sleep ${SLEEP} & wait' & wait`);
  await until(() => sleepers().length === 2);
  const tree = await running.descendants();
  expect(tree.map(({ foundBy }) => foundBy)).toEqual(['parent', 'parent']);
  expect(tree[0]?.ppid).toBe(running.pid);
  expect(tree[1]?.ppid).toBe(tree[0]?.pid);
  await running.end();
  expect(await bystander.descendants()).toMatchObject([{ command: `sleep ${SLEEP}` }]);
  expect(bystander.exited).toBe(undefined);
});

describe.runIf(capabilities().procfs)('a process that will not be caught', () => {
  test('restarts its worker whenever that dies', async () => {
    const running = await launchNode(`
      const { spawn } = require('child_process');
      const start = () => spawn('sleep', ['${SLEEP}'], { detached: true, stdio: 'ignore' }).on('exit', start);
      for (let i = 0; i < 5; i++) start();
      console.log('up');
    `);
    await until(() => running.stdout.totalBytes > 0);
    expect((await running.end()).survivors).toEqual([]);
  });

  test('forks all the time, each child into a session of its own', async () => {
    const hydra = writeFile(`#!/bin/sh\n: ${SLEEP}\nsetsid "$0" ${SLEEP} &\nsleep 0.02\n`);
    const running = await launch([hydra, SLEEP]);
    await delay(200);
    const report = await running.end();
    expect(report.survivors).toEqual([]);
    expect(processesWith(SLEEP)).toEqual([]);
  });

  test('is a fork storm', async () => {
    // Grows as fast as it can, by two at a time, until it is 300 strong; then it only replaces its dead.
    const storm = writeFile(`#!/bin/sh
      cd "$0.d" 2>/dev/null || { mkdir "$0.d"; cd "$0.d"; }
      while :; do
        set -- *
        if [ $# -lt 300 ]; then : > $$; "$0" ${SLEEP} & fi
        sleep 0.01
      done`);
    const running = await launch([storm, SLEEP]);
    await until(async () => (await running.descendants()).length > 60);
    const report = await running.end();
    expect(report.survivors).toEqual([]);
    expect(report.killed.length).toBeGreaterThan(60);
    expect(processesWith(SLEEP)).toEqual([]);
  });
});

test('endEverything ends all that was launched, and calls off what is being launched', async () => {
  const first = await launchShell(`sleep ${SLEEP} & wait`);
  const second = await launchShell(`sleep ${SLEEP} & wait`);
  const third = launchProcess({ command: ['/bin/sleep', SLEEP] });
  await Promise.all([
    endEverything(),
    expect(third).rejects.toMatchObject({
      code: 'LAUNCH_FAILED',
      message: expect.stringContaining('being ended') as unknown,
    }),
  ]);
  expect(first.exited).toBeDefined();
  expect(second.exited).toBeDefined();
  expect(processesWith(SLEEP)).toEqual([]);
  const after = await launchShell('exit 0');
  expect(await after.exit).toMatchObject({ code: 0 });
});

test('folders without permissions are removed, by a user who is bound by them', async () => {
  writeFileSync(
    join(folder, 'remove.js'),
    `import { launchProcess } from './harness/launch/index.js';
    const running = await launchProcess({ command: ['/bin/sh', '-c', 'mkdir -p a/b; touch a/b/c; chmod 0 a/b; chmod 500 a .'] });
    await running.exit;
    console.log(JSON.stringify([process.getuid(), running.folders.root, await running.end()]));`,
  );
  const nobody = 65534;
  const user = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  const { stdout } = await execa(process.execPath, [join(folder, 'remove.js')], { ...user, cwd: '/' });
  const [uid, root, report] = JSON.parse(stdout) as [number, string, unknown];
  expect(uid).toBeGreaterThan(0);
  expect(report).toEqual({ killed: [], survivors: [] });
  expect(existsSync(root)).toBe(false);
});
