import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchError, type LaunchErrorCode } from '../../harness/launch/index.js';
import { HostError } from './errors.js';
import type { PluginInfo } from './state.js';

/** What became of the entries of a folder, each list in the order of the names. */
export interface FolderReport {
  readonly loaded: readonly PluginInfo[];
  /** What was executed and is no plugin of this host. Nothing of it is left. */
  readonly failed: readonly { readonly file: string; readonly error: Error }[];
  /** What was not executed: folders, files without the permission to be executed, files that are no programs. */
  readonly passedOver: readonly { readonly file: string; readonly why: string }[];
}

/** With these, no program was started. */
const NO_PROGRAM = new Set<LaunchErrorCode>(['LAUNCH_NOT_FOUND', 'LAUNCH_NOT_EXECUTABLE', 'LAUNCH_FORMAT']);

/**
 * Loads all that can be executed in a folder, at once: one that is slow holds up none of the others.
 *
 * @throws HostError HOST_FOLDER when the folder cannot be read
 */
export async function loadFolder(
  folder: string,
  load: (file: string) => Promise<PluginInfo>,
): Promise<FolderReport> {
  const files = (await list(folder)).sort().map((name) => join(folder, name));
  const loaded: PluginInfo[] = [];
  const failed: { file: string; error: Error }[] = [];
  const passedOver: { file: string; why: string }[] = [];
  const outcomes = await Promise.allSettled(files.map(load));
  for (const [index, outcome] of outcomes.entries()) {
    const file = files[index] ?? '';
    if (outcome.status === 'fulfilled') {
      loaded.push(outcome.value);
      continue;
    }
    const error = outcome.reason as Error;
    const { cause } = error;
    if (cause instanceof LaunchError && NO_PROGRAM.has(cause.code))
      passedOver.push({ file, why: cause.message });
    else failed.push({ file, error });
  }
  return { loaded, failed, passedOver };
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    throw new HostError(
      'HOST_FOLDER',
      `The folder of plugins ${folder} cannot be read: ${(cause as Error).message}`,
      { cause },
    );
  }
}
