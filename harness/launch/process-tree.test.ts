import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import { openChannels, type Channels } from './channels.js';
import { capabilities, psTable, systemTable, type ProcessTable } from './process-table.js';
import { ProcessTree } from './process-tree.js';
import { processesWith, until } from './test/leftovers.util.js';
import { SLEEP, sleepers } from './test/programs.util.js';

const MARKER = '01234567-89ab-cdef-0123-456789abcdef';
const SILENT = '</dev/null >/dev/null 2>&1';

let folder: string;
let channels: Channels;

beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'tree-test-')));
  channels = await openChannels(folder, 'closed');
});

afterEach(async () => {
  for (const pid of sleepers()) process.kill(pid, 'SIGKILL');
  await until(() => processesWith(SLEEP).length === 0);
  channels.close();
  rmSync(folder, { recursive: true });
});

/** Starts a shell like a launched process, but lets nobody look at it: what a scan finds, it finds by itself. */
function plant(
  lines: string,
  table: ProcessTable = systemTable,
): { tree: ProcessTree; ended: Promise<unknown> } {
  const child = spawn('/bin/sh', ['-c', lines], {
    cwd: folder,
    detached: true,
    env: { PATH: process.env['PATH'], MARKER },
    stdio: [...channels.stdio],
  });
  const record = table.read(child.pid as number);
  if (record === undefined) throw new Error('the shell is not in the process table');
  const traces = { marker: MARKER, folder, links: new Set(channels.links) };
  return { tree: new ProcessTree(record, traces, table), ended: once(child, 'exit') };
}

/** Waits for the one process that shall remain. @returns its pid */
function sleeper(): Promise<number> {
  return until(() => {
    const [pid = 0, ...others] = sleepers();
    return others.length === 0 && processesWith(SLEEP).length === 1 ? pid : 0;
  });
}

describe.runIf(capabilities().procfs)('what a dead process left behind is found', () => {
  test.each([
    ['group', 'silent in its group', `env -i sleep ${SLEEP} ${SILENT} & cd /`],
    ['marker', 'in a session of its own', `(cd /; setsid sleep ${SLEEP} ${SILENT} &)`],
    ['marker', 'a daemon by the book', `(cd /; setsid sh -c 'sleep ${SLEEP} & exit' ${SILENT} &)`],
    ['cwd', 'with an empty environment', `(env -i setsid sleep ${SLEEP} ${SILENT} &)`],
    ['cwd', 'in a folder below', `(mkdir d; cd d; env -i setsid sleep ${SLEEP} ${SILENT} &)`],
    ['pipe', 'with an empty environment, elsewhere', `(cd /; env -i setsid sleep ${SLEEP} &)`],
    ['pipe', 'with stderr on another descriptor', `(cd /; env -i setsid sleep ${SLEEP} 7>&2 ${SILENT} &)`],
  ])('by its %s: %s', async (foundBy, _, lines) => {
    const { tree, ended } = plant(lines);
    await ended;
    const pid = await sleeper();
    expect(tree.scan()).toMatchObject([{ foundBy, record: { pid } }]);
  });

  test('because its parent was seen, though it has given up everything', async () => {
    const { tree, ended } = plant(
      `cd /; env -i setsid sh -c 'until test -e ${folder}/go; do sleep 0.01; done; exec sleep ${SLEEP}' ${SILENT} & wait`,
    );
    await until(() => {
      tree.glance();
      return processesWith(SLEEP).some((line) => line.includes(' sh -c until'));
    });
    tree.glance();
    tree.signal(
      tree.scan().filter(({ foundBy }) => foundBy === 'self'),
      'SIGKILL',
    );
    await ended;
    writeFileSync(join(folder, 'go'), '');
    const pid = await sleeper();
    expect(tree.scan()).toMatchObject([{ foundBy: 'parent', record: { pid } }]);
  });

  test('because a leader of its session was seen', async () => {
    const { tree, ended } = plant(
      `(cd /; setsid sh -c 'until test -e ${folder}/go; do sleep 0.01; done; env -i sleep ${SLEEP} & exit' ${SILENT} &)`,
    );
    await ended;
    await until(() => tree.scan().some(({ record }) => record.session === record.pid));
    writeFileSync(join(folder, 'go'), '');
    const pid = await sleeper();
    expect(tree.scan()).toMatchObject([{ foundBy: 'session', record: { pid } }]);
  });
});

describe('what is not of the tree is not found', () => {
  test('another child of ours that works in the folder', async () => {
    const { tree, ended } = plant('exit 0');
    await ended;
    spawn('sleep', [SLEEP], { cwd: folder, stdio: 'ignore', detached: true });
    await sleeper();
    expect(tree.scan()).toEqual([]);
  });

  test('what started before it', async () => {
    const env = { PATH: process.env['PATH'], MARKER };
    spawn('sleep', [SLEEP], { cwd: folder, stdio: 'ignore', detached: true, env });
    await sleeper();
    await delay(50); // Start times are counted in ticks of 10 ms.
    const { tree, ended } = plant('exit 0');
    await ended;
    expect(tree.scan()).toEqual([]);
  });
});

test('without /proc, group and parents are found by ps', async () => {
  const { tree, ended } = plant(`env -i sleep ${SLEEP} ${SILENT} & cd /`, psTable);
  await ended;
  const pid = await sleeper();
  const found = tree.scan();
  expect(found).toMatchObject([{ foundBy: 'group', record: { pid } }]);
  expect(tree.commandOf(found[0]!)).toBe(`sleep ${SLEEP}`);
  tree.signal(found, 'SIGKILL');
  await until(() => tree.scan().length === 0);
});
