import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { findCommand } from '../../harness/launch/find-command.js';

/** A program and its arguments. */
export type Command = readonly [string, ...string[]];

/**
 * The command as it has to be launched from another folder than ours, which is what a plugin gets: the program by its
 * absolute path, and arguments that name files of our folder made absolute too (`node plugin.js`).
 *
 * @throws LaunchError when the program is a bare name that is not on PATH
 */
export async function launchable([program, ...args]: Command): Promise<Command> {
  return [await findCommand(program), ...(await Promise.all(args.map(absoluteFile)))];
}

async function absoluteFile(argument: string): Promise<string> {
  if (argument === '' || argument.startsWith('-')) return argument;
  const path = resolve(argument);
  const found = await stat(path).catch(() => undefined);
  // A folder only where it is written as a path: any word may happen to be the name of a folder.
  return found && (!found.isDirectory() || /[/\\]|^\.+$/.test(argument)) ? path : argument;
}
