// For `setupFiles` in vitest.config.ts: no test file may leave a process, a socket or a temp file behind.
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll } from 'vitest';

import { MARKER_VARIABLE } from '../launch/environment.js';
import { commandOf, environmentContains, listProcesses } from '../launch/procfs.js';

/** How long what was told to end may take to do so, in ms. */
const GRACE_MS = 2_000;

/** How often to look, in ms. */
const LOOK_MS = 50;

const outer = { marker: process.env[MARKER_VARIABLE], tmpdir: process.env['TMPDIR'] };

/** Handed on to whatever this test file starts, by `spawn` as by `launchProcess`; each adds to those before it. */
const marker = randomUUID();

/** As short as can be, since there are sockets below it; for every user, as a temp folder is. */
const folder = mkdtempSync(join(tmpdir(), 'igt'));
chmodSync(folder, 0o1777);

process.env[MARKER_VARIABLE] = outer.marker === undefined ? marker : `${outer.marker},${marker}`;
process.env['TMPDIR'] = folder;

function processesLeft(): number[] {
  return listProcesses()
    .filter(({ pid, alive }) => alive && pid !== process.pid && environmentContains(pid, marker))
    .map(({ pid }) => pid);
}

function filesLeft(): string[] {
  return readdirSync(folder);
}

// Of all hooks that run after a file's tests, the first one registered runs last.
afterAll(async () => {
  const until = performance.now() + GRACE_MS;
  while ((processesLeft().length > 0 || filesLeft().length > 0) && performance.now() < until)
    await delay(LOOK_MS);

  const processes = processesLeft();
  const files = filesLeft();
  const told = [
    ...processes.map((pid) => `process ${pid}: ${commandOf(pid)}`),
    ...files.slice(0, 20).map((file) => `file ${join(folder, file)}`),
  ];
  for (const pid of processes) {
    if (environmentContains(pid, marker)) process.kill(pid, 'SIGKILL');
  }
  rmSync(folder, { recursive: true, force: true });
  restore(MARKER_VARIABLE, outer.marker);
  restore('TMPDIR', outer.tmpdir);
  if (told.length > 0) throw new Error(`This test file left something behind:\n${told.join('\n')}`);
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
