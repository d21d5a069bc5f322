import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository. */
export const ROOT: string = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** A file of the build; `npm test` sees to it that there is one. */
export function built(path: string): string {
  const file = join(ROOT, 'dist', path);
  if (!existsSync(file)) throw new Error(`${file} is missing; run npm run build first.`);
  return file;
}

/** The command of the bundled plugin, which keeps its promises. */
export const DEMO: readonly [string, string] = [process.execPath, built('mocks/plugins/demo.js')];

/** The command of a plugin with one fault, by the fault's name. */
export function zoo(fault: string): readonly [string, string] {
  return [process.execPath, built(`mocks/plugins/zoo/${fault}.js`)];
}
