import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Those that are there. One listener for all of them: Node warns of more than ten. */
const folders = new Set<ScratchFolder>();

function removeAll(): void {
  for (const folder of folders) folder.remove();
}

/** A folder of our own in the temp folder, which goes with this process at the latest. */
export class ScratchFolder {
  readonly path: string;

  /** @param prefix - of its name: short, since sockets lie below it */
  constructor(prefix: string) {
    this.path = mkdtempSync(join(tmpdir(), prefix));
    if (folders.size === 0) process.on('exit', removeAll);
    folders.add(this);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
    folders.delete(this);
    if (folders.size === 0) process.off('exit', removeAll);
  }
}
