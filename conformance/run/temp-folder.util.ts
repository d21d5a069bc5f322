import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder of its own, whose path is short enough for sockets. It goes after the tests; call this beside them, not in one. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cf'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file, and the folders above it. @returns its path */
export function writeAt(path: string, contents: string | Buffer, mode: number = 0o755): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, contents);
  chmodSync(path, mode);
  return path;
}

/** The living processes that have anything to do with a folder: in their environment, cwd or command line. */
export function processesOf(folder: string): string[] {
  const read = (pid: string, name: string): string => {
    try {
      return name === 'cwd' ? readlinkSync(`/proc/${pid}/cwd`) : readFileSync(`/proc/${pid}/${name}`, 'utf8');
    } catch {
      return ''; // It has gone meanwhile.
    }
  };
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter((pid) => ['environ', 'cwd', 'cmdline'].some((name) => read(pid, name).includes(folder)))
    .filter((pid) => !/^State:\s+Z/m.test(read(pid, 'status')))
    .map((pid) => `${pid} ${read(pid, 'cmdline').replaceAll('\0', ' ')}`);
}

/** Whatever lies in a folder, deep down. */
export function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
}
