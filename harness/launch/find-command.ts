import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, resolve } from 'node:path';

import { quote } from '../quote.js';
import { LaunchError } from './errors.js';

/**
 * The absolute path of a command: a bare name is looked up on this process's PATH, everything else is a path.
 * As in Go's exec.LookPath (since Go 1.19), a relative folder on PATH finds nothing.
 *
 * @throws LaunchError LAUNCH_NOT_FOUND
 */
export async function findCommand(command: string): Promise<string> {
  if (/[/\\]/.test(command)) return resolve(command);
  const path = process.env['PATH'] ?? '';
  const endings = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE').split(';') : [''];
  for (const folder of path.split(delimiter).filter(isAbsolute)) {
    for (const ending of endings) {
      const candidate = join(folder, command + ending);
      if (await isExecutableFile(candidate)) return candidate;
    }
  }
  throw new LaunchError(
    'LAUNCH_NOT_FOUND',
    `${quote(command)} is on none of the folders of PATH (${path}); give its path, such as ./${command}`,
  );
}

async function isExecutableFile(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
