import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasGo } from '../../harness/test/go.util.js';

export { hasGo };

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const bin = join(root, 'examples', 'bin');

/** The path of a Go example, `lamp` or `bad/panics`; all are built when it is not there. */
export function goExample(name: string): string {
  const path = join(bin, ...name.split('/'));
  if (!existsSync(path))
    execFileSync(process.execPath, [join(root, '.ci', 'build-examples.mjs')], { stdio: 'inherit' });
  return path;
}
