import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const live = new Set<WrittenFiles>();
let watchesExit = false;

/** What was written for one run of a host, in a folder of its own and wherever else the host wants it. */
export class WrittenFiles {
  readonly folder: string;
  readonly #made: string[] = [];

  constructor() {
    this.folder = mkdtempSync(join(tmpdir(), 'host-'));
    live.add(this);
    if (watchesExit) return;
    watchesExit = true;
    process.on('exit', () => {
      for (const files of live) files.remove();
    });
  }

  /** Makes the folders that a file at this path needs. */
  makeParents(path: string): void {
    const first = mkdirSync(dirname(path), { recursive: true });
    if (first === undefined) return;
    const missing: string[] = [];
    for (let folder = dirname(path); folder.length >= first.length; folder = dirname(folder)) {
      missing.unshift(folder);
    }
    this.#made.push(...missing);
  }

  /** A file at this path was written by us. */
  add(path: string): void {
    this.#made.push(path);
  }

  /** Removes the files and folders; one into which somebody else has put something stays. */
  remove(): void {
    live.delete(this);
    for (const path of this.#made.splice(0).reverse()) removeFileOrEmptyFolder(path);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function removeFileOrEmptyFolder(path: string): void {
  try {
    rmdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') rmSync(path, { force: true });
  }
}
