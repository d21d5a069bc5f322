import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { MARKER_VARIABLE } from '../launch/environment.js';

/** How long what is about to end may take after the last test, in ms. */
const LAST_MOMENT_MS = 5_000;

/**
 * Runs once around the whole suite: all temp files go into one folder of its own, and every plugin that any test
 * starts carries the suite's mark. Afterwards neither may be found any more.
 */
export default function setup(): () => Promise<void> {
  const mark = randomUUID();
  const folder = mkdtempSync(join(tmpdir(), 'ic'));
  // As open as the temp folder itself: some tests run programs as another user.
  chmodSync(folder, 0o1777);
  process.env[MARKER_VARIABLE] = mark;
  process.env['TMPDIR'] = folder;
  return async () => {
    const until = Date.now() + LAST_MOMENT_MS;
    while (leftovers(mark, folder).length > 0 && Date.now() < until) await delay(100);
    const left = leftovers(mark, folder);
    rmSync(folder, { recursive: true, force: true });
    if (left.length === 0) return;
    // vitest prints what a teardown throws, and exits with 0 all the same.
    process.exitCode = 1;
    throw new Error(`The tests left something behind:\n${left.join('\n')}`);
  };
}

function leftovers(mark: string, folder: string): string[] {
  const files = readdirSync(folder).map((name) => `file ${join(folder, name)}`);
  return [...files, ...processesMarked(mark)];
}

/** Processes of the suite other than the test runner's own, which end after this. */
function processesMarked(mark: string): string[] {
  if (!existsSync('/proc/self/environ')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
        const marked = readFileSync(`/proc/${pid}/environ`, 'latin1').includes(mark);
        return marked && command !== '' && !command.includes('vitest') ? [`process ${pid} ${command}`] : [];
      } catch {
        // Gone, or not ours to read.
        return [];
      }
    });
}
