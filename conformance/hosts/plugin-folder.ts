import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ScratchFolder } from '../faults/index.js';
import { readRecord, writeWatched, type BehaviourName, type WatchedRun } from '../../mocks/plugins/index.js';

/** A folder of plugins for a host, each of which writes down what is done to it. */
export class PluginFolder {
  readonly #scratch = new ScratchFolder('fleet-');
  readonly #contract: string;

  /** @param contract - the name of a built-in contract, or the path of a contract file */
  constructor(contract: string) {
    this.#contract = contract;
  }

  /** The path of a folder in it, which is made. */
  folder(name: string): string {
    const path = join(this.#scratch.path, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  /**
   * Puts a plugin into a folder.
   *
   * @param id - what it calls itself in its manifest, where the contract has one
   * @returns its path
   */
  async put(folder: string, name: string, behaviour: BehaviourName = 'good', id = name): Promise<string> {
    const path = join(this.folder(folder), name);
    await writeWatched({ path, contract: this.#contract, record: this.#record(path), behaviour, id });
    return path;
  }

  /** Puts a file into a folder that is no plugin. */
  write(folder: string, name: string, text: string, mode = 0o644): string {
    const path = join(this.folder(folder), name);
    writeFileSync(path, text);
    chmodSync(path, mode);
    return path;
  }

  /** What hosts did to the plugin at that path, launch by launch. */
  runs(path: string): Promise<WatchedRun[]> {
    return readRecord(this.#record(path));
  }

  remove(): void {
    this.#scratch.remove();
  }

  /** Beside the folders of plugins: a host would take it for one of them. */
  #record(path: string): string {
    return join(
      this.folder('records'),
      `${path.slice(this.#scratch.path.length + 1).replaceAll('/', '-')}.jsonl`,
    );
  }
}
