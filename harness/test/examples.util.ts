import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The path of a Go example, `lamp` or `bad/panics`; all are built when it is not there. */
export function goExample(name: string): string {
  const path = join(root, 'examples', 'bin', ...name.split('/'));
  if (!existsSync(path)) {
    execFileSync(process.execPath, [join(root, '.ci', 'build-examples.mjs')], { stdio: 'inherit' });
  }
  return path;
}
