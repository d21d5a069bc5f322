import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** One run of the compiler, in ms, on a machine that is busy. */
const COMPILE_MS = 120_000;

/**
 * Compiles programs as they are now, with all that they import, for Node processes of their own: dist/ may be of
 * another hour. It happens before the first test that is not skipped.
 *
 * @param entries - TypeScript files, as paths from the root of the repository
 * @returns gives the path that the JavaScript of one of the files will have, which is executable; or of any file that
 * they import
 */
export function compile(...entries: string[]): (file: string) => string {
  // Short: sockets lie below paths that are made of it.
  const folder = join(tmpdir(), `js-${randomUUID().slice(0, 8)}`);
  const compiled = (file: string): string => join(folder, file.replace(/\.ts$/, '.js'));
  beforeAll(() => compileInto(folder, entries, compiled), COMPILE_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return compiled;
}

function compileInto(folder: string, entries: readonly string[], compiled: (file: string) => string): void {
  mkdirSync(folder);
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
  for (const entry of entries) chmodSync(compiled(entry), 0o755);
}
