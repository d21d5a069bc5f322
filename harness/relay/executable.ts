import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RelayError } from './errors.js';
import type { RelayOrders } from './messages.js';

/** `BINPRM_BUF_SIZE` less the final NUL: what Linux reads of a first line (binfmt_script.c). */
const MAX_SHEBANG_BYTES = 255;

/** The relay's own program; it lies beside the driver, in dist/ or wherever this was compiled to. */
const MAIN = new URL('./process/main.js', import.meta.url);

/**
 * Writes the executable: a script for this very Node, which runs as CommonJS and as an ES module alike, since the
 * folder that it comes to lie in decides which it is.
 *
 * @throws RelayError RELAY_CREATE; also when there is a file already
 */
export function writeExecutable(path: string, orders: RelayOrders): void {
  const shebang = `#!${process.execPath}`;
  if (Buffer.byteLength(shebang) > MAX_SHEBANG_BYTES || /\s/.test(process.execPath)) {
    throw new RelayError(
      'RELAY_CREATE',
      `A script cannot name ${process.execPath} as its interpreter: at most ${MAX_SHEBANG_BYTES} bytes, without ` +
        'blanks. Install Node at another path.',
    );
  }
  if (!existsSync(MAIN)) {
    throw new RelayError(
      'RELAY_CREATE',
      `There is no ${fileURLToPath(MAIN)}, which the executable would run: the relay has to be compiled.`,
    );
  }
  const text = `${shebang}\nimport(${JSON.stringify(MAIN.href)}).then(({ main }) => main(${JSON.stringify(orders)}));\n`;
  try {
    // At once: a file that is open for writing when a process is forked could not be executed (ETXTBSY).
    writeFileSync(path, text, { mode: 0o755, flag: 'wx' });
  } catch (cause) {
    const { message } = cause as Error;
    throw new RelayError('RELAY_CREATE', `The relay’s executable cannot be written: ${message}`, { cause });
  }
}

export function removeExecutable(path: string): void {
  rmSync(path, { force: true });
}
