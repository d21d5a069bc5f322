import type { Dirent } from 'node:fs';
import { opendir } from 'node:fs/promises';
import { join } from 'node:path';

import type { ProcessFolders } from './folders.js';

/** One entry that is in a process's folders. */
export interface LeftFile {
  readonly folder: 'tmp' | 'cwd' | 'home';
  /** Relative to that folder. */
  readonly path: string;
  readonly kind: 'file' | 'dir' | 'socket' | 'symlink' | 'fifo' | 'device';
}

/** The process is not trusted: it may have made a million files. */
const MAX_ENTRIES = 1000;

/** Lists what is in the folders, at most 1000 entries of each, never following a symbolic link. */
export async function listFiles(folders: ProcessFolders): Promise<LeftFile[]> {
  const all: LeftFile[] = [];
  for (const folder of ['tmp', 'cwd', 'home'] as const) {
    const found = await walk(folders[folder], MAX_ENTRIES);
    all.push(...found.map((entry) => ({ folder, ...entry })));
  }
  return all;
}

async function walk(root: string, limit: number): Promise<Omit<LeftFile, 'folder'>[]> {
  const found: Omit<LeftFile, 'folder'>[] = [];
  const toRead = [''];
  for (const below of toRead) {
    try {
      for await (const entry of await opendir(join(root, below))) {
        if (found.length === limit) return found;
        const path = join(below, entry.name);
        found.push({ path, kind: kindOf(entry) });
        if (entry.isDirectory()) toRead.push(path);
      }
    } catch {
      continue; // Removed meanwhile, or closed to us by its own mode: then its contents are not to be known.
    }
  }
  return found;
}

function kindOf(entry: Dirent): LeftFile['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'dir';
  if (entry.isSocket()) return 'socket';
  if (entry.isSymbolicLink()) return 'symlink';
  return entry.isFIFO() ? 'fifo' : 'device';
}
