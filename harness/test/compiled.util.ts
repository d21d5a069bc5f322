import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Compiles programs as they are now, with all that they import, for Node processes of their own: dist/ may be of
 * another hour.
 *
 * @param entries - TypeScript files, as paths from the root of the repository
 * @returns gives the path of the JavaScript of one of the files, which is executable; or of any file that they import
 */
export function compile(...entries: string[]): (file: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'js-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const tsconfig = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: { rootDir: root, outDir: folder, noCheck: true, declaration: false },
    include: [],
    files: entries.map((entry) => join(root, entry)),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  const compiled = (file: string): string => join(folder, file.replace(/\.ts$/, '.js'));
  for (const entry of entries) chmodSync(compiled(entry), 0o755);
  return compiled;
}
