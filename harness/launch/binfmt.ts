import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Linux shows the handlers for foreign formats: Documentation/admin-guide/binfmt-misc.rst. */
const BINFMT_FOLDER = '/proc/sys/fs/binfmt_misc';

/**
 * The interpreter that Linux would start for this file through binfmt_misc, such as qemu for another
 * machine's programs or wine for Windows'; undefined when no enabled handler takes it.
 */
export function binfmtInterpreter(path: string, start: Buffer, folder = BINFMT_FOLDER): string | undefined {
  try {
    if (readFileSync(join(folder, 'status'), 'utf8').trim() !== 'enabled') return undefined;
    return readdirSync(folder)
      .filter((name) => name !== 'status' && name !== 'register')
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .map((handler) => takes(handler, path, start))
      .find((interpreter) => interpreter !== undefined);
  } catch {
    return undefined; // Not mounted, or not Linux: then nothing is known of handlers.
  }
}

/** A handler is a few lines of `word value`: enabled, interpreter, flags:, then offset, magic, mask or extension. */
function takes(handler: string, path: string, start: Buffer): string | undefined {
  const lines = handler.split('\n').map((line) => line.trim());
  const value = (word: string): string | undefined =>
    lines.find((line) => line.startsWith(`${word} `))?.slice(word.length + 1);
  const interpreter = value('interpreter');
  if (!lines.includes('enabled') || interpreter === undefined) return undefined;
  const extension = value('extension');
  if (extension !== undefined) return path.endsWith(extension) ? interpreter : undefined;
  const magic = Buffer.from(value('magic') ?? '', 'hex');
  const mask = Buffer.from(value('mask') ?? '', 'hex');
  const offset = Number(value('offset') ?? 0);
  const matches = magic.every(
    (byte, at) => ((byte ^ (start[offset + at] ?? ~byte)) & (mask[at] ?? 0xff)) === 0,
  );
  return magic.length > 0 && matches ? interpreter : undefined;
}
