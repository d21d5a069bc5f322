import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Guard } from './guard.js';

const LINE = Buffer.from(`${'stderr'.repeat(170)}...\n`);
const STDERR = 2;

/**
 * Writes so many bytes to stderr, in lines of 1 KiB, when the host takes them. It is done by a child process: that
 * may wait for ever in a write, and Node would make the plugin's stderr, which is ours, one that does not wait.
 */
export async function fillStderr(bytes: number, guard: Guard): Promise<void> {
  if (!(Number.isSafeInteger(bytes) && bytes > 0)) throw new Error(`${bytes} is not a number of bytes.`);
  const child = spawn('/bin/sh', ['-c', 'exec cat'], { detached: true, stdio: ['pipe', STDERR, STDERR] });
  const group = child.pid ?? 0;
  guard.watch(group);
  const exit = once(child, 'exit');
  try {
    await pipeline(Readable.from(lines(bytes)), child.stdin as NodeJS.WritableStream);
    const [code] = (await exit) as [number | null];
    if (code === 0) return;
  } catch {
    await exit;
  } finally {
    guard.forget(group);
  }
  throw new Error('The host closed the plugin’s stderr before it had taken everything.');
}

function* lines(bytes: number): Generator<Buffer> {
  for (let left = bytes; left > 0; left -= LINE.length) yield LINE.subarray(0, left);
}
