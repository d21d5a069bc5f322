import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** How long to wait before a full pipe is tried again, in ms. */
const FULL_PIPE_MS = 5;

/**
 * Writes to the pipe that the process started with, past what PluginServer redirects. While nobody reads, it waits, as
 * a Go program would; but other calls are answered meanwhile. It gives up when the pipe has no reader any more.
 */
export async function writeAll(fd: 1 | 2, text: string): Promise<void> {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      // Node has made the pipe non-blocking.
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
      await delay(FULL_PIPE_MS);
    }
  }
}
