import { existsSync } from 'node:fs';

import { findTrace, type TraceKind, type Traces } from './evidence.js';
import * as procfs from './procfs.js';
import { listByPs } from './ps.js';

/** One line of the system's process table. A pid is used again; a pid and its start time are not. */
export interface ProcessRecord {
  readonly pid: number;
  readonly ppid: number;
  readonly group: number;
  readonly session: number;
  readonly hasTerminal: boolean;
  /** False for a zombie: it has ended, and only its parent has not heard of it yet. */
  readonly alive: boolean;
  /** Only to be compared: clock ticks since boot with /proc, milliseconds with ps. */
  readonly startTime: number;
  readonly command?: string;
}

export interface ProcessTable {
  list(): ProcessRecord[];
  read(pid: number): ProcessRecord | undefined;
  /** Cheap enough to be asked many times a second; always empty without /proc. */
  childrenOf(pid: number): number[];
  commandOf(record: ProcessRecord): string;
  /** Whether the pid is still the process that the record, taken a moment ago, is about. */
  isSame(record: ProcessRecord): boolean;
  findTrace(record: ProcessRecord, traces: Traces): TraceKind | undefined;
}

export interface LaunchCapabilities {
  /**
   * With /proc, what a process leaves behind is found by parents, group, session, environment, cwd and pipes.
   * Without it, by group and parents alone: what left the group and lost its parents escapes.
   */
  readonly procfs: boolean;
}

const hasProcfs = existsSync('/proc/self/stat');

export function capabilities(): LaunchCapabilities {
  return { procfs: hasProcfs };
}

const procfsTable: ProcessTable = {
  list: procfs.listProcesses,
  read: procfs.readProcess,
  childrenOf: procfs.childrenOf,
  commandOf: ({ pid }) => procfs.commandOf(pid),
  isSame: ({ pid, startTime }) => procfs.readProcess(pid)?.startTime === startTime,
  findTrace,
};

export const psTable: ProcessTable = {
  list: () => listByPs(),
  read: (pid) => listByPs(['-p', String(pid)])[0],
  childrenOf: () => [],
  commandOf: ({ command = '' }) => command,
  // Asking ps takes longer than the record is old.
  isSame: () => true,
  findTrace: () => undefined,
};

export const systemTable: ProcessTable = hasProcfs ? procfsTable : psTable;
