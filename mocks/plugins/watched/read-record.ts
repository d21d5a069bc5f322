import { open } from 'node:fs/promises';
import type { WatchedEvent, WatchedRun } from './events.js';

/** More is not read: a few launches fill a fraction of it. */
const MAX_READ_BYTES = 64 * 1024 * 1024;

/**
 * What a host did to the watched plugins that append to this file: one run for each launch, in order of launch.
 * Empty when there is no such file, for then no plugin was launched. What is no event, such as a line that is being
 * written at this moment, is left out.
 */
export async function readRecord(file: string): Promise<WatchedRun[]> {
  const runs: { readonly pid: number; readonly events: WatchedEvent[] }[] = [];
  for (const line of (await textOf(file)).split('\n')) {
    const read = readLine(line);
    if (!read) continue;
    const [pid, event] = read;
    const run = runs.findLast((each) => each.pid === pid);
    // A system uses a pid again.
    if (run && event.event !== 'launched') run.events.push(event);
    else runs.push({ pid, events: [event] });
  }
  return runs;
}

async function textOf(file: string): Promise<string> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!handle) return '';
  try {
    const { size } = await handle.stat();
    const bytes = Buffer.alloc(Math.min(size, MAX_READ_BYTES));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, 0);
    return bytes.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

function readLine(line: string): readonly [pid: number, event: WatchedEvent] | undefined {
  try {
    const { pid, ...event } = JSON.parse(line) as { pid?: unknown; event?: unknown };
    return typeof pid === 'number' && typeof event.event === 'string'
      ? [pid, event as WatchedEvent]
      : undefined;
  } catch {
    return undefined;
  }
}
