import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/** What programs and plugins of tests import; what these import comes with them. */
const ENTRIES = ['mocks/host/index.ts', 'mocks/plugins/iglu.ts'];

/**
 * Compiles the host and the mock plugin as they are now, for Node processes of their own.
 *
 * @returns a folder with `harness/` and `mocks/` as JavaScript; it is removed after the tests of the file
 */
export function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const tsconfig = {
    extends: join(root, 'tsconfig.build.json'),
    compilerOptions: { rootDir: root, outDir: folder, noCheck: true, declaration: false },
    include: [],
    files: ENTRIES.map((entry) => join(root, entry)),
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
  return folder;
}

/**
 * The text of an executable Iglu plugin.
 *
 * @param compiled - what `compile` returned
 * @param mock - an `IgluMock` (mocks/plugins/iglu.ts) as an expression; `PluginServer` and `InterfaceValue` can be used
 */
export function nodePlugin(compiled: string, mock: string): string {
  return `#!/usr/bin/env node
import { STRING } from '${compiled}/harness/gob/index.js';
import { PluginServer } from '${compiled}/harness/server/index.js';
import { InterfaceValue } from '${compiled}/harness/value/index.js';
import { serveIglu } from '${compiled}/mocks/plugins/iglu.js';
await serveIglu(${mock});
`;
}
