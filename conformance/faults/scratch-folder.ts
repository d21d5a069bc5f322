import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of our own in the temp folder, which goes with this process at the latest. */
export class ScratchFolder {
  readonly path: string;
  readonly #atExit = (): void => rmSync(this.path, { recursive: true, force: true });

  /** @param prefix - of its name: short, since sockets lie below it */
  constructor(prefix: string) {
    this.path = mkdtempSync(join(tmpdir(), prefix));
    process.on('exit', this.#atExit);
  }

  remove(): void {
    process.off('exit', this.#atExit);
    this.#atExit();
  }
}
