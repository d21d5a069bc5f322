import { randomUUID } from 'node:crypto';
import { realpathSync } from 'node:fs';

import { execa } from 'execa';

import { openChannels, type Channels } from './channels.js';
import { childEnvironment, type EnvironmentOptions } from './environment.js';
import { LaunchError, type LaunchErrorCode } from './errors.js';
import type { UnusableReason } from './executable.js';
import { findCommand } from './find-command.js';
import { makeFolders, removeFolder, removeFolderNow, type ProcessFolders } from './folders.js';
import { identifyExecutable } from './inspect.js';
import type { LaunchedProcess } from './launched-process.js';
import { addLive, endingsSoFar, removeLive } from './live.js';
import type { KeptBytes } from './output.js';
import { systemTable, type ProcessRecord } from './process-table.js';
import { ProcessTree } from './process-tree.js';
import { RunningProcess, type SpawnedProcess } from './running-process.js';

export interface LaunchOptions extends EnvironmentOptions {
  /** A path, or a name on PATH, and the arguments. A relative path is taken from our cwd, not from the new one. */
  readonly command: readonly [string, ...string[]];
  /** 'open' (the default): a pipe that stays silent and open. 'closed': /dev/null. */
  readonly stdin?: 'open' | 'closed';
  /** TMPDIR gets a path of at least so many bytes, 3500 at most. */
  readonly tmpdir?: { readonly minPathLength: number };
  /** How much of stdout and of stderr is kept, in bytes; 128 KiB of the start and 64 KiB of the end by default. */
  readonly keep?: KeptBytes;
}

/**
 * Starts a program as a go-plugin host does: by execve, without a shell, stdout and stderr on pipes. It gets
 * fresh folders, an environment of its own, and a process group and session of its own.
 *
 * The caller has to end() it.
 *
 * @throws LaunchError
 */
export async function launchProcess(options: LaunchOptions): Promise<LaunchedProcess> {
  const endings = endingsSoFar();
  const path = await findRunnable(options.command[0]);
  const folders = makeFolders(options.tmpdir?.minPathLength);
  const ownFolders = {
    end: () => removeFolder(folders.root),
    endNow: () => void removeFolderNow(folders.root),
  };
  addLive(ownFolders);
  let channels: Channels | undefined;
  try {
    // As /proc shows paths: without the symbolic links that a temp folder's path may have.
    const folder = realpathSync(folders.root);
    channels = await openChannels(folder, options.stdin ?? 'open');
    if (endings !== endingsSoFar()) throw new Error('everything was being ended meanwhile');
    const running = await start(path, options, folders, folder, channels);
    addLive(running);
    return running;
  } catch (error) {
    channels?.close();
    await removeFolder(folders.root);
    throw error instanceof LaunchError ? error : failure(path, error);
  } finally {
    removeLive(ownFolders);
  }
}

async function start(
  path: string,
  options: LaunchOptions,
  folders: ProcessFolders,
  folder: string,
  channels: Channels,
): Promise<RunningProcess> {
  const { command, keep } = options;
  const [name, ...args] = command;
  const marker = randomUUID();
  const startedAt = performance.now();
  const spawned = execa(path, args, {
    argv0: /[/\\]/.test(name) ? path : name,
    cwd: folders.cwd,
    env: childEnvironment(options, folders, marker),
    extendEnv: false,
    stdio: [...channels.stdio],
    detached: true,
    windowsHide: true,
    // The rest of execa's own care for its processes would get in the way of ours.
    buffer: false,
    reject: false,
    cleanup: false,
    forceKillAfterDelay: false,
    verbose: 'none',
  });
  if (!hasStarted(spawned)) throw failure(path, (await spawned).cause);
  const tree = new ProcessTree(
    systemTable.read(spawned.pid) ?? bareRecord(spawned.pid),
    { marker, folder, links: new Set(channels.links) },
    systemTable,
  );
  return new RunningProcess({ command, startedAt, folders, spawned, channels, tree, keep });
}

function hasStarted(spawned: { pid?: number | undefined }): spawned is SpawnedProcess {
  return spawned.pid !== undefined;
}

/** For a system whose process table cannot be read. */
function bareRecord(pid: number): ProcessRecord {
  return {
    pid,
    ppid: process.pid,
    group: pid,
    session: pid,
    hasTerminal: false,
    alive: true,
    startTime: 0,
  };
}

const CODE_OF_REASON: Readonly<Record<UnusableReason, LaunchErrorCode>> = {
  missing: 'LAUNCH_NOT_FOUND',
  directory: 'LAUNCH_NOT_EXECUTABLE',
  'not-a-file': 'LAUNCH_NOT_EXECUTABLE',
  'not-executable': 'LAUNCH_NOT_EXECUTABLE',
  unreadable: 'LAUNCH_NOT_EXECUTABLE',
  'unknown-format': 'LAUNCH_FORMAT',
  'other-machine': 'LAUNCH_FORMAT',
  'interpreter-missing': 'LAUNCH_FORMAT',
};

/** Asked before the launch, since execvp, which Node uses, would hand a file that execve refuses to /bin/sh. */
async function findRunnable(command: string): Promise<string> {
  const inspected = await identifyExecutable(await findCommand(command));
  if (inspected.ok) return inspected.path;
  throw new LaunchError(CODE_OF_REASON[inspected.reason], inspected.detail);
}

const CODE_OF_ERRNO: Readonly<Record<string, LaunchErrorCode>> = {
  ENOENT: 'LAUNCH_NOT_FOUND',
  EACCES: 'LAUNCH_NOT_EXECUTABLE',
  ENOEXEC: 'LAUNCH_FORMAT',
};

function failure(path: string, cause: unknown): LaunchError {
  const { code = '', message = String(cause) } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return new LaunchError(CODE_OF_ERRNO[code] ?? 'LAUNCH_FAILED', `${path} could not be started: ${message}`, {
    cause,
  });
}
