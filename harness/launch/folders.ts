import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { execa, execaSync } from 'execa';

import { LaunchError } from './errors.js';

/** Fresh folders of one process, readable by this user alone. All of them lie below `root`. */
export interface ProcessFolders {
  readonly root: string;
  readonly cwd: string;
  readonly home: string;
  /** The process's TMPDIR. */
  readonly tmp: string;
}

/**
 * go-plugin puts `plugin-dir0123456789/plugin0123456789` (38 bytes) below TMPDIR, and a unix socket's path has at
 * most 107 bytes on Linux and 103 on macOS (sun_path, unix(7)). So our own temp folder may be this long.
 */
const MAX_BASE_LENGTH = 50;
const SHORT_BASE = '/tmp';
/** Below PATH_MAX, 4096, with room for what the process makes in it. */
const MAX_TMP_PATH_LENGTH = 3500;
/** Below NAME_MAX, 255. */
const LONG_NAME = 'long'.repeat(25);

/**
 * @throws LaunchError LAUNCH_FAILED when the folders cannot be made
 * @param minPathLength TMPDIR gets a path of at least this many bytes; 3500 at most
 */
export function makeFolders(minPathLength = 0): ProcessFolders {
  if (minPathLength > MAX_TMP_PATH_LENGTH) {
    throw new LaunchError(
      'LAUNCH_FAILED',
      `tmpdir.minPathLength is ${minPathLength}, more than ${MAX_TMP_PATH_LENGTH}`,
    );
  }
  const base = tmpdir().length > MAX_BASE_LENGTH && existsSync(SHORT_BASE) ? SHORT_BASE : tmpdir();
  let root: string | undefined;
  try {
    root = mkdtempSync(join(base, 'ig'));
    const folders = {
      root,
      cwd: join(root, 'w'),
      home: join(root, 'h'),
      tmp: lengthen(join(root, 't'), minPathLength),
    };
    for (const folder of [folders.cwd, folders.home, folders.tmp]) mkdirSync(folder, { recursive: true });
    return folders;
  } catch (cause) {
    if (root !== undefined) removeFolderNow(root);
    const { message } = cause as Error;
    throw new LaunchError('LAUNCH_FAILED', `No folder for a process could be made in ${base}: ${message}`, {
      cause,
    });
  }
}

function lengthen(path: string, minLength: number): string {
  let long = path;
  while (Buffer.byteLength(long) < minLength) long = join(long, LONG_NAME);
  return long;
}

/** A process may still be writing while its folder goes. */
const REMOVE = { recursive: true, force: true, maxRetries: 3, retryDelay: 20 } as const;

/** Removes a process's folders, whatever it made of their permissions and depth. @returns false if some remain */
export async function removeFolder(root: string): Promise<boolean> {
  try {
    await rm(root, REMOVE);
  } catch {
    for (const [command, ...args] of FORCED_REMOVAL) await execa(command, [...args, root], QUIETLY);
  }
  return !existsSync(root);
}

/** {@link removeFolder} for use in an 'exit' handler. */
export function removeFolderNow(root: string): boolean {
  try {
    rmSync(root, REMOVE);
  } catch {
    for (const [command, ...args] of FORCED_REMOVAL) execaSync(command, [...args, root], QUIETLY);
  }
  return !existsSync(root);
}

/** Neither follows symbolic links; both go deeper than PATH_MAX, where rm() fails with ENAMETOOLONG. */
const FORCED_REMOVAL = [
  ['chmod', '-R', 'u+rwX', '--'],
  ['rm', '-rf', '--'],
] as const;
const QUIETLY = { reject: false, stdio: 'ignore' } as const;
