import { setTimeout as delay } from 'node:timers/promises';

import { execaSync } from 'execa';

/** The living processes, other than this one, whose command line contains the text. */
export function processesWith(text: string): string[] {
  const { stdout } = execaSync('ps', ['-A', '-ww', '-o', 'pid=', '-o', 'stat=', '-o', 'args='], {
    maxBuffer: 1e8,
  });
  return stdout
    .split('\n')
    .filter((line) => line.includes(text))
    .filter((line) => {
      const [pid, state] = line.trim().split(/\s+/);
      return Number(pid) !== process.pid && state?.startsWith('Z') !== true;
    });
}

/** Waits until the value is truthy; vitest's own time limit ends the wait. */
export async function until<T>(read: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const value = await read();
    if (value) return value;
    await delay(10);
  }
}
