import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs';

import type { ProcessRecord } from './process-table.js';

/** The environment and arguments of a process take at most 6 MiB (`_STK_LIM / 4 * 3`, linux/fs/exec.c). */
const MAX_ENVIRONMENT_BYTES = 8 * 1024 * 1024;
const MAX_COMMAND_BYTES = 4096;

/** Every process in /proc, zombies included. */
export function listProcesses(): ProcessRecord[] {
  return numericEntries('/proc').flatMap((pid) => readProcess(pid) ?? []);
}

/** One process by /proc/<pid>/stat, whose fields proc_pid_stat(5) numbers; undefined when it is gone. */
export function readProcess(pid: number): ProcessRecord | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'latin1'));
  if (stat === undefined) return undefined;
  // The name in parentheses may hold blanks and parentheses itself; what follows it is field 3, the state.
  const afterName = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const field = (number: number): number => Number(afterName[number - 3]);
  const dead = afterName[0] === 'Z' || afterName[0] === 'X';
  return {
    pid,
    ppid: field(4),
    group: field(5),
    session: field(6),
    hasTerminal: field(7) !== 0,
    // A zombie whose first thread has ended, while others go on, is a living process.
    alive: !dead || field(20) > 1,
    startTime: field(22),
  };
}

/** The children of all threads of a process; empty where the kernel lacks CONFIG_PROC_CHILDREN. */
export function childrenOf(pid: number): number[] {
  return numericEntries(`/proc/${pid}/task`).flatMap((thread) => {
    const children = attempt(() => readFileSync(`/proc/${pid}/task/${thread}/children`, 'latin1')) ?? '';
    return children.split(' ').filter(Boolean).map(Number);
  });
}

/** Its command line, or its name in brackets when it has none. */
export function commandOf(pid: number): string {
  const command = readStart(`/proc/${pid}/cmdline`, MAX_COMMAND_BYTES)
    .toString()
    .replaceAll('\0', ' ')
    .trim();
  if (command !== '') return command;
  return `[${(attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8')) ?? '').trim()}]`;
}

/** Whether the environment that it was started with contains the text. */
export function environmentContains(pid: number, text: string): boolean {
  return readStart(`/proc/${pid}/environ`, MAX_ENVIRONMENT_BYTES).includes(text);
}

export function cwdOf(pid: number): string | undefined {
  return attempt(() => readlinkSync(`/proc/${pid}/cwd`));
}

/** What a process's descriptors lead to: paths, `pipe:[inode]`, `socket:[inode]`. */
export function openLinksOf(pid: number): string[] {
  return numericEntries(`/proc/${pid}/fd`).flatMap(
    (fd) => attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? [],
  );
}

function numericEntries(folder: string): number[] {
  return (attempt(() => readdirSync(folder)) ?? []).map(Number).filter(Number.isInteger);
}

function readStart(path: string, limit: number): Buffer {
  const chunks: Buffer[] = [];
  const fd = attempt(() => openSync(path, 'r'));
  if (fd === undefined) return Buffer.alloc(0);
  try {
    for (let total = 0; total < limit;) {
      const chunk = Buffer.alloc(Math.min(MAX_COMMAND_BYTES, limit - total));
      const bytes = readSync(fd, chunk);
      if (bytes === 0) break;
      chunks.push(chunk.subarray(0, bytes));
      total += bytes;
    }
  } catch {
    // The process ended while it was read: what was read so far is what there is.
  } finally {
    closeSync(fd);
  }
  return Buffer.concat(chunks);
}

/** A process may be gone, or another user's, at any moment: then there is nothing to be read. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
