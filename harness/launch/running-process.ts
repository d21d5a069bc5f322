import type { Readable, Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';

import type { Channels } from './channels.js';
import { describeKin, endTree, type ProcessInfo, type TreeEnd } from './end-tree.js';
import { listFiles, type LeftFile } from './files-left.js';
import { removeFolder, removeFolderNow, type ProcessFolders } from './folders.js';
import type { EndReport, ExitStatus, LaunchedProcess } from './launched-process.js';
import { removeLive, type Endable } from './live.js';
import { OutputRecorder, type KeptBytes } from './output.js';
import type { ProcessTree } from './process-tree.js';
import { usageOf, type ProcessUsage } from './usage.js';
import { watchTree } from './watch-tree.js';

/** What is used of the process that execa started. */
export interface SpawnedProcess {
  readonly pid: number;
  readonly stdin: Writable | null;
  readonly stdout: Readable | null;
  readonly stderr: Readable | null;
  kill(signal: NodeJS.Signals): boolean;
  once(event: 'exit', listener: (code: number | null, signal: NodeJS.Signals | null) => void): unknown;
}

export interface Running {
  readonly command: readonly [string, ...string[]];
  readonly startedAt: number;
  readonly folders: ProcessFolders;
  readonly spawned: SpawnedProcess;
  readonly channels: Channels;
  readonly tree: ProcessTree;
  readonly keep: KeptBytes | undefined;
}

/** How long to wait for the kernel to tell of the death of a process that got SIGKILL. */
const MAX_REAP_MS = 5000;

export class RunningProcess implements LaunchedProcess, Endable {
  readonly pid: number;
  readonly command: readonly [string, ...string[]];
  readonly startedAt: number;
  readonly folders: ProcessFolders;
  readonly stdout: OutputRecorder;
  readonly stderr: OutputRecorder;
  readonly exit: Promise<ExitStatus>;
  readonly outputClosed: Promise<void>;
  exited: ExitStatus | undefined;
  readonly #spawned: SpawnedProcess;
  readonly #channels: Channels;
  readonly #streams: readonly Readable[];
  readonly #tree: ProcessTree;
  readonly #stopWatching: () => void;
  #input: Writable | undefined;
  #ending: Promise<EndReport> | undefined;

  /** Has to be made straight after the spawn, before any event of it could be missed. */
  constructor({ command, startedAt, folders, spawned, channels, tree, keep }: Running) {
    this.pid = spawned.pid;
    this.command = command;
    this.startedAt = startedAt;
    this.folders = folders;
    this.stdout = new OutputRecorder(keep);
    this.stderr = new OutputRecorder(keep);
    this.#spawned = spawned;
    this.#channels = channels;
    this.#tree = tree;
    const [stdout, stderr] = channels.attach(spawned);
    this.#streams = [stdout, stderr];
    record(stdout, this.stdout);
    record(stderr, this.stderr);
    this.outputClosed = Promise.all([this.stdout.end, this.stderr.end]).then(() => undefined);
    this.exit = new Promise((resolve) => {
      spawned.once('exit', (code, signal) => {
        this.exited = { code, signal, at: performance.now() };
        resolve(this.exited);
      });
    });
    this.#stopWatching = watchTree(tree);
  }

  signal(name: NodeJS.Signals): boolean {
    return this.exited === undefined && this.#spawned.kill(name);
  }

  get input(): Writable {
    if (!this.#input) {
      this.#input = this.#channels.input();
      if (!this.#input) throw new TypeError('The process was started with stdin closed, or it was ended.');
      this.#input.on('error', () => {}); // It does not read any more; its exit says why.
    }
    return this.#input;
  }

  closeOutput(): void {
    for (const stream of this.#streams) stream.destroy();
  }

  descendants(): Promise<ProcessInfo[]> {
    const found = this.#tree.scan().filter(({ foundBy }) => foundBy !== 'self');
    return Promise.resolve(found.map((kin) => describeKin(this.#tree, kin)));
  }

  usage(): Promise<ProcessUsage | undefined> {
    return Promise.resolve(usageOf(this.#tree.scan().map(({ record }) => record.pid)));
  }

  filesLeft(): Promise<LeftFile[]> {
    return listFiles(this.folders);
  }

  end(): Promise<EndReport> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  endNow(): void {
    const steps = endTree(this.#tree);
    for (let step = steps.next(); step.done !== true; step = steps.next()) sleep(step.value);
    this.#release();
    removeFolderNow(this.folders.root);
  }

  async #end(): Promise<EndReport> {
    const treeEnd = await this.#endTree();
    // Where the system has no process table that we can read, this ends at least the process itself.
    this.signal('SIGKILL');
    await Promise.race([this.exit, delay(MAX_REAP_MS, undefined, { ref: false })]);
    this.#release();
    const removed = await removeFolder(this.folders.root);
    removeLive(this);
    return { ...treeEnd, ...(removed ? {} : { folderLeft: this.folders.root }) };
  }

  async #endTree(): Promise<TreeEnd> {
    const steps = endTree(this.#tree);
    for (;;) {
      const step = steps.next();
      if (step.done === true) return step.value;
      await delay(step.value);
    }
  }

  #release(): void {
    this.#stopWatching();
    this.closeOutput();
    this.#input?.destroy();
    this.#channels.close();
  }
}

function record(stream: Readable, recorder: OutputRecorder): void {
  stream.on('data', (chunk: Buffer) => recorder.push(chunk));
  stream.on('error', () => {}); // The other side is hostile or dead; 'close' follows.
  stream.on('close', () => recorder.finish());
}

/** Waits without an event loop. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
