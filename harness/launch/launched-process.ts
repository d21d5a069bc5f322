import type { Writable } from 'node:stream';
import type { ProcessInfo, TreeEnd } from './end-tree.js';
import type { LeftFile } from './files-left.js';
import type { ProcessFolders } from './folders.js';
import type { OutputCapture } from './output.js';
import type { ProcessUsage } from './usage.js';

/** How a process ended. */
export interface ExitStatus {
  /** null when a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** When we heard of it, in milliseconds of `performance.now()`. */
  readonly at: number;
}

export interface EndReport extends TreeEnd {
  /** The root of the process's folders, if not all of it could be removed. */
  readonly folderLeft?: string;
}

/** A program that was started as a go-plugin host would start it, and all that came of it. */
export interface LaunchedProcess {
  readonly pid: number;
  readonly command: readonly [string, ...string[]];
  /** In milliseconds of `performance.now()`. */
  readonly startedAt: number;
  /** They exist until {@link end}. */
  readonly folders: ProcessFolders;
  readonly stdout: OutputCapture;
  readonly stderr: OutputCapture;
  /** Resolves when the process itself has ended, whoever may still hold its pipes. */
  readonly exit: Promise<ExitStatus>;
  /** The status, once {@link exit} has resolved. */
  readonly exited: ExitStatus | undefined;
  /** Resolves when nobody can write to stdout and stderr any more, or after {@link closeOutput}. */
  readonly outputClosed: Promise<void>;
  /** What is written to it the process reads on its stdin, which ends when this does. @throws TypeError when stdin is closed */
  readonly input: Writable;
  /** Signals this one process. @returns false when it has ended */
  signal(name: NodeJS.Signals): boolean;
  /** Closes our ends of stdout and stderr, as the death of a host does. */
  closeOutput(): void;
  /** Everything that is alive and came of this process, itself left out. */
  descendants(): Promise<ProcessInfo[]>;
  /** What it and its descendants take of the machine now; `undefined` where that cannot be told. */
  usage(): Promise<ProcessUsage | undefined>;
  /** What is in its tmp, cwd and home now, at most 1000 entries of each. */
  filesLeft(): Promise<LeftFile[]>;
  /** Kills whatever is left of it, and removes its folders. Every call gives the same report. */
  end(): Promise<EndReport>;
}
