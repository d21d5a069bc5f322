import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  chmodSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';
import { afterAll } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
const SOURCES = ['harness', 'harness/launch'];

/**
 * Compiles harness/launch, as it is now, for a Node process of its own.
 *
 * @returns a folder for such programs, readable by everyone; they import './harness/launch/index.js'
 */
export function compileLaunch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'launch-js-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  for (const source of SOURCES) {
    mkdirSync(join(folder, source), { recursive: true });
    for (const name of readdirSync(join(root, source))) {
      if (!name.endsWith('.ts') || name.endsWith('.test.ts')) continue;
      const { outputText } = ts.transpileModule(readFileSync(join(root, source, name), 'utf8'), {
        compilerOptions: {
          module: ts.ModuleKind.ESNext,
          target: ts.ScriptTarget.ES2023,
          verbatimModuleSyntax: true,
        },
      });
      writeFileSync(join(folder, source, name.replace(/\.ts$/, '.js')), outputText);
    }
  }
  return folder;
}
