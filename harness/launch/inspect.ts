import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, stat, type FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { ExecutableInspection, UnusableExecutable, UnusableReason } from './executable.js';
import { judgeFormat } from './format.js';

/** Enough for an ELF header, its program headers and the name of its loader. */
const START_BYTES = 64 * 1024;
/** Larger files are not hashed: no plugin is, and the time has to end somewhere. */
const MAX_HASHED_BYTES = 4 * 1024 ** 3;
const ANY_EXECUTE_BIT = 0o111;

/**
 * Says whether a go-plugin host on this machine could execute the file, without executing it.
 *
 * Go's os/exec calls execve and nothing else, so a text file without `#!` is refused here, although a shell
 * (and execvp, which Node uses) would run it.
 */
export function inspectExecutable(path: string): Promise<ExecutableInspection> {
  return inspect(path, true);
}

/** The same without the hash, for a launch. */
export function identifyExecutable(path: string): Promise<ExecutableInspection> {
  return inspect(path, false);
}

async function inspect(given: string, hashed: boolean): Promise<ExecutableInspection> {
  const path = resolve(given);
  const unusable = (reason: UnusableReason, detail: string): UnusableExecutable => ({
    ok: false,
    path,
    reason,
    detail,
  });
  let handle: FileHandle | undefined;
  try {
    const found = await stat(path);
    if (found.isDirectory())
      return unusable('directory', `${path} is a directory; name the plugin's executable in it.`);
    if (!found.isFile())
      return unusable('not-a-file', `${path} is a device, pipe or socket; name a regular file.`);
    const refusal = await whyNotExecutable(path, found.mode);
    if (refusal !== undefined) return unusable('not-executable', refusal);

    // Without O_NONBLOCK, a pipe that took the file's place since would hold the open for ever.
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(START_BYTES), 0, START_BYTES, 0);
    const judged = await judgeFormat(path, buffer.subarray(0, bytesRead));
    if ('reason' in judged) return unusable(judged.reason, judged.detail);
    const sha256 = hashed && found.size <= MAX_HASHED_BYTES ? { sha256: await hash(handle) } : {};
    return { ok: true, path, ...judged, ...sha256 };
  } catch (error) {
    return unusable(...explain(path, error));
  } finally {
    await handle?.close();
  }
}

async function whyNotExecutable(path: string, mode: number): Promise<string | undefined> {
  if (process.platform !== 'win32' && (mode & ANY_EXECUTE_BIT) === 0) {
    return `${path} has no execute permission (mode ${(mode & 0o7777).toString(8)}); run: chmod +x ${path}`;
  }
  try {
    await access(path, constants.X_OK);
    return undefined;
  } catch {
    return `${path} may not be executed by this user, or its file system is mounted noexec; check its owner, mode and mount.`;
  }
}

async function hash(handle: FileHandle): Promise<string> {
  const sha256 = createHash('sha256');
  for await (const chunk of handle.createReadStream({ start: 0, end: MAX_HASHED_BYTES, autoClose: false })) {
    sha256.update(chunk as Buffer);
  }
  return sha256.digest('hex');
}

const MISSING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);

function explain(path: string, error: unknown): [UnusableReason, string] {
  const { code = 'error', message } = error as NodeJS.ErrnoException;
  if (MISSING.has(code))
    return ['missing', `${path} does not exist (${code}); check the path, and that the plugin was built.`];
  return [
    'unreadable',
    `${path} cannot be read (${message}), so its format is unknown; make it readable for this user.`,
  ];
}
