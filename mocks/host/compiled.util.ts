import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Compiles the TypeScript as it is now, for Node processes of their own.
 *
 * @returns a folder with `harness/` and `mocks/` as JavaScript; it is removed after the tests of the file
 */
export function compile(): string {
  const folder = mkdtempSync(join(tmpdir(), 'compiled-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(
    process.execPath,
    [tsc, '-p', 'tsconfig.build.json', '--noCheck', '--declaration', 'false', '--outDir', folder],
    {
      cwd: root,
    },
  );
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
