// Builds the Go examples into examples/bin: every main package of examples/go by its name, the twins with a
// fault under bad/, those that only generated calls bring down under planted/, and programs from go-plugin's own
// module: its greeter at two versions, and two of its hosts.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const GO_PLUGIN = 'github.com/hashicorp/go-plugin/examples';

/** From go-plugin's module: the folder below examples/bin, what it is called there, the package, the version. */
const THEIRS = [
  ['greeter-1.8.0', 'plugin', 'basic/plugin', '1.8.0'],
  ['greeter-1.4.0', 'plugin', 'basic/plugin', '1.4.0'],
  ['go-plugin-basic', 'host', 'basic', '1.8.0'],
  ['go-plugin-grpc', 'host', 'grpc', '1.8.0'],
  ['go-plugin-grpc', 'plugin-go-netrpc', 'grpc/plugin-go-netrpc', '1.8.0'],
];

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
const inFolder = (folder) => mains.filter((path) => path.includes(`/${folder}/`));
const twins = inFolder('bad');
const planted = inFolder('planted');
const good = mains.filter((path) => !twins.includes(path) && !planted.includes(path));

// A folder as -o makes Go name each binary after its package.
const build = (packages, folder) => {
  mkdirSync(folder, { recursive: true });
  go(['build', ...flags, '-o', folder + sep, ...packages]);
};
build(good, bin);
for (const [packages, folder] of [
  [twins, join(bin, 'bad')],
  [planted, join(bin, 'planted')],
]) {
  build(packages, folder);
  // Tests go through such a folder as a whole: what no longer has a source must not stay there.
  const expected = new Set(packages.map((path) => basename(path) + exe));
  for (const name of readdirSync(folder)) {
    if (!expected.has(name)) rmSync(join(folder, name), { recursive: true });
  }
}

for (const [folder, name, path, version] of THEIRS) {
  const GOBIN = join(bin, folder);
  const program = join(GOBIN, name + exe);
  if (existsSync(program)) continue;
  go(['install', ...flags, `${GO_PLUGIN}/${path}@v${version}`], { env: { ...env, GOBIN } });
  const built = join(GOBIN, basename(path) + exe);
  if (built !== program) renameSync(built, program);
}

console.log(
  `examples/bin: ${good.length} examples, ${twins.length} twins, ${planted.length} with a planted bug, ${THEIRS.length} programs of go-plugin's own`,
);
