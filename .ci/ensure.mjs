// Sees to it that what the next command needs is there: dependencies, the build and, with --examples, the Go examples.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));

if (!existsSync('node_modules/typescript')) {
  console.log('Installing dependencies (npm ci) …');
  // On Windows npm is a script, which only a shell starts.
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** When the newest file of these was changed, in ms; 0 when there is none. */
function newest(paths, wanted) {
  return paths
    .filter((path) => existsSync(path))
    .flatMap((path) =>
      statSync(path).isDirectory()
        ? readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) => join(path, file))
        : [path],
    )
    .filter(wanted)
    .reduce((latest, file) => Math.max(latest, statSync(file).mtimeMs), 0);
}

const sources = newest(
  ['harness', 'mocks', 'conformance', 'package.json', 'tsconfig.json', 'tsconfig.build.json'],
  (file) => /\.(?:ts|json)$/.test(file),
);
const built = existsSync('dist/conformance/cli/main.js')
  ? statSync('dist/conformance/cli/main.js').mtimeMs
  : 0;
if (built < sources) {
  console.log('Building …');
  execFileSync(process.execPath, ['.ci/build.mjs'], { stdio: 'inherit' });
}

if (process.argv.includes('--examples'))
  execFileSync(process.execPath, ['.ci/build-examples.mjs'], { stdio: 'inherit' });
