import { access, constants, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from '../run/index.js';
import { UsageError } from './usage-error.js';

/** What is to be judged, and what cannot be. */
export interface NamedSubject {
  readonly command: Command;
  /** Why there is nothing to launch. */
  readonly problem?: string;
}

export interface Subjects {
  readonly subjects: readonly NamedSubject[];
  /** What lies in a folder of plugins and is none, and why not. */
  readonly passedOver: readonly string[];
}

/**
 * The plugins that are named: paths, folders of plugins, or one command behind `--`.
 *
 * @throws UsageError when nothing is named, or both
 */
export async function findSubjects(paths: readonly string[], command: readonly string[]): Promise<Subjects> {
  if (isCommand(command)) {
    if (paths.length > 0)
      throw new UsageError('Name plugins by their paths, or give one command behind --, not both.');
    return { subjects: [{ command }], passedOver: [] };
  }
  if (paths.length === 0) {
    throw new UsageError(
      'Which plugin? Try: iglu-conformance ./my-plugin, or iglu-conformance demo to see a run.',
    );
  }
  const found = await Promise.all(paths.map(subjectsAt));
  return {
    subjects: found.flatMap(({ subjects }) => subjects),
    passedOver: found.flatMap(({ passedOver }) => passedOver),
  };
}

function isCommand(words: readonly string[]): words is Command {
  return words.length > 0;
}

async function subjectsAt(path: string): Promise<Subjects> {
  const found = await stat(path).catch(() => undefined);
  // A bare name would be looked up on PATH when it is launched.
  if (!found?.isDirectory())
    return { subjects: [{ command: [/[/\\]/.test(path) ? path : `./${path}`] }], passedOver: [] };
  const subjects: NamedSubject[] = [];
  const passedOver: string[] = [];
  for (const name of await namesIn(path)) {
    const file = join(path, name);
    const why = await whyNoPlugin(file);
    if (why === undefined) subjects.push({ command: [file] });
    else passedOver.push(`${file}: ${why}`);
  }
  if (subjects.length > 0) return { subjects, passedOver };
  const problem =
    'there is no plugin in this folder: no file in it is executable; build the plugin, or name its file';
  return { subjects: [{ command: [path], problem }], passedOver };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    throw new UsageError(`The folder ${folder} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

async function whyNoPlugin(file: string): Promise<string | undefined> {
  const entry = await stat(file).catch(() => undefined);
  if (!entry?.isFile()) return entry?.isDirectory() ? 'a folder' : 'not a file';
  return access(file, constants.X_OK).then(
    () => undefined,
    () => 'not executable',
  );
}
