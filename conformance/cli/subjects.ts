import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from './usage-error.js';

export type Command = readonly [string, ...string[]];

export interface Subjects {
  readonly commands: readonly Command[];
  /** Files of a folder that are not plugins, and why. */
  readonly passedOver: readonly string[];
}

/**
 * The plugins that are named: paths, folders of plugins, or one command after `--`.
 *
 * @throws UsageError when nothing is named, or a folder has no plugin in it.
 */
export async function findSubjects(paths: readonly string[], command: readonly string[]): Promise<Subjects> {
  if (isCommand(command)) {
    if (paths.length > 0) throw new UsageError('Name plugins by their paths, or give one command after --, not both.');
    return { commands: [command], passedOver: [] };
  }
  if (paths.length === 0) {
    throw new UsageError('Which plugin? Try: iglu-conformance ./my-plugin, or iglu-conformance demo to see a run.');
  }
  const found = await Promise.all(paths.map(subjectsAt));
  return { commands: found.flatMap(({ commands }) => commands), passedOver: found.flatMap(({ passedOver }) => passedOver) };
}

function isCommand(words: readonly string[]): words is Command {
  return words.length > 0;
}

async function subjectsAt(path: string): Promise<Subjects> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isDirectory()) return { commands: [[path]], passedOver: [] };
  const commands: Command[] = [];
  const passedOver: string[] = [];
  for (const name of (await readdir(path)).sort()) {
    const file = join(path, name);
    const entry = await stat(file).catch(() => undefined);
    if (!entry?.isFile()) continue;
    if (await isExecutable(file)) commands.push([file]);
    else passedOver.push(`${file}: not executable`);
  }
  if (commands.length === 0) {
    throw new UsageError(`There is no plugin in the folder ${path}: none of its files is executable. Build the plugin, or name its file.`);
  }
  return { commands, passedOver };
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
