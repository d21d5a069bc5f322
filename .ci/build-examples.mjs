// Builds the Go examples into examples/bin: every main package of examples/go by its name, the twins with a
// fault under bad/, and go-plugin's own greeter at two versions.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const GREETER = 'github.com/hashicorp/go-plugin/examples/basic/plugin';
const GREETER_VERSIONS = ['1.8.0', '1.4.0'];

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const source = join(root, 'examples', 'go');
const bin = join(root, 'examples', 'bin');
const exe = process.platform === 'win32' ? '.exe' : '';
// Without symbols and cgo: half the size, quicker to link, and the same on every machine of a kind.
const flags = ['-trimpath', '-ldflags=-s -w'];
const env = { ...process.env, CGO_ENABLED: '0' };

const go = (args, options) =>
  execFileSync('go', args, {
    cwd: source,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
    ...options,
  });

if (spawnSync('go', ['version']).status !== 0) {
  console.error(
    '*** go is not on PATH: the Go examples were NOT built, and tests that need them do not run.',
  );
  process.exit(process.env.CI ? 1 : 0);
}

const mains = go(['list', '-f', '{{if eq .Name "main"}}{{.ImportPath}}{{end}}', './...'])
  .split('\n')
  .filter(Boolean);
const twins = mains.filter((path) => path.includes('/bad/'));
const good = mains.filter((path) => !path.includes('/bad/'));

// A folder as -o makes Go name each binary after its package.
for (const [packages, folder] of [
  [good, bin],
  [twins, join(bin, 'bad')],
]) {
  mkdirSync(folder, { recursive: true });
  go(['build', ...flags, '-o', folder + sep, ...packages]);
}

// Tests go through bad/ as a whole: what no longer has a source must not stay there.
const expected = new Set(twins.map((path) => basename(path) + exe));
for (const name of readdirSync(join(bin, 'bad'))) {
  if (!expected.has(name)) rmSync(join(bin, 'bad', name), { recursive: true });
}

for (const version of GREETER_VERSIONS) {
  const folder = join(bin, `greeter-${version}`);
  if (existsSync(join(folder, `plugin${exe}`))) continue;
  go(['install', ...flags, `${GREETER}@v${version}`], { env: { ...env, GOBIN: folder } });
}

console.log(
  `examples/bin: ${good.length} examples, ${twins.length} twins, ${GREETER_VERSIONS.length} greeters`,
);
