import { lstat } from 'node:fs/promises';
import { escapeControls, quote } from '../quote.js';
import { ConnectionError } from './errors.js';

/** Clocks of file systems tick coarsely, and a plugin may begin before its launch is noted. */
const FILE_CLOCK_SLACK_MS = 2_000;

/**
 * A plugin that names a socket older than itself would have us speak to a stranger: a container engine, say, or the
 * user's ssh agent. An abstract socket has no file and so no time.
 *
 * @throws ConnectionError CONNECTION_REFUSED when there is no socket, CONNECTION_FOREIGN_SOCKET
 */
export async function refuseForeignSocket(path: string, notBefore: number): Promise<void> {
  if (path.startsWith('\0')) return;
  // Not stat: a symbolic link would be as young as the plugin wants it to be.
  const stat = await lstat(path).catch((cause: Error) => {
    throw new ConnectionError(
      'CONNECTION_REFUSED',
      `There is no socket at ${quote(path)}: ${escapeControls(cause.message)}`,
      {
        cause,
      },
    );
  });
  if (!stat.isSocket()) {
    throw new ConnectionError('CONNECTION_REFUSED', `What stands at ${quote(path)} is not a socket.`);
  }
  // chmod and rename move a file's ctime, but not the time of its birth, where the file system has one.
  const born = stat.birthtimeMs > 0 ? Math.min(stat.birthtimeMs, stat.ctimeMs) : stat.ctimeMs;
  if (born >= notBefore - FILE_CLOCK_SLACK_MS) return;
  throw new ConnectionError(
    'CONNECTION_FOREIGN_SOCKET',
    `The socket ${quote(path)} was there before the plugin was started; it was not connected to.`,
  );
}
