import { copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf } from '../report/index.js';
import { built, DEMO, zoo } from '../run/built.util.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { cli, firstLine, judge, judgeSet } from './cli.util.js';

const folder = tempFolder();
const demo = built('mocks/plugins/demo.js');
const quick = ['--only', 'session/ping'];

/** An executable that is the bundled plugin, or one of the zoo. */
function plugin(path: string, [node, script]: readonly [string, string]): string {
  return writeAt(join(folder, path), `#!/bin/sh\nexec '${node}' '${script}'\n`);
}

test('files among the arguments of a command are ours, though the plugin’s folder is a fresh one', async () => {
  mkdirSync(join(folder, 'project'));
  symlinkSync(demo, join(folder, 'project', 'plugin.js'));
  const cwd = join(folder, 'project');
  for (const file of ['plugin.js', './plugin.js', '../project/plugin.js']) {
    const { exitCode, stdout, report } = await judge([...quick, '--', 'node', file], { cwd });
    expect(exitCode).toBe(0);
    expect(report.subject.command).toEqual(['node', file]);
    expect(firstLine(stdout)).toContain(`✓ node ${file} is conformant`);
  }
});

test('the plugin’s own flags stay its own', async () => {
  const told = writeAt(join(folder, 'told'), '#!/bin/sh\necho "got $*" >&2\nexit 1\n');
  const { results, report } = await judge([
    '--only',
    'launch/runs',
    '--',
    told,
    '--only',
    'x',
    '--',
    '-V',
    '--quiet',
  ]);
  expect(results.get('launch/runs')?.evidence?.stderr).toBe('got --only x -- -V --quiet\n');
  expect(report.subject.command).toEqual([told, '--only', 'x', '--', '-V', '--quiet']);
});

test('a command may have the name of one of ours', async () => {
  writeAt(join(folder, 'path/checks'), '#!/bin/sh\nexit 5\n');
  const env = { PATH: `${join(folder, 'path')}:${process.env['PATH']}` };
  const { exitCode, stdout } = await judge(['--only', 'launch/runs', '--', 'checks', 'launch/runs'], { env });
  expect(exitCode).toBe(1);
  expect(firstLine(stdout)).toMatch(
    /^✗ checks launch\/runs is nonconformant: The program exited with code 5/,
  );
});

test('a plugin in the folder where we are is named without ./', async () => {
  plugin('here/lamp', DEMO);
  const { exitCode, report } = await judge(['lamp', ...quick], { cwd: join(folder, 'here') });
  expect(exitCode).toBe(0);
  expect(report.subject.command).toEqual(['./lamp']);
});

describe('a folder of plugins', async () => {
  const good = plugin('plugins/a-lamp', DEMO);
  const bad = plugin('plugins/b-\u001b[31mred', zoo('ping-is-an-error'));
  const readme = writeAt(join(folder, 'plugins/README.md'), '# Lamps\n', 0o644);
  const inner = join(writeAt(join(folder, 'plugins/data/x'), '', 0o644), '..');
  symlinkSync('/nowhere/plugin', join(folder, 'plugins/gone'));
  copyFileSync(readme, join(folder, 'plugins/notes'));
  const { exitCode, stdout, document } = await judgeSet([join(folder, 'plugins'), ...quick, '--jobs', '1']);
  const reports = document.kind === 'set' ? document.reports : [document];

  test('means every executable in it, by name', () => {
    expect(reports.map(({ subject }) => subject.command)).toEqual([[good], [bad]]);
    expect(reports.map(({ verdict }) => verdict)).toEqual(['conformant', 'nonconformant']);
    expect(reports.map(({ checks }) => findingsOf(checks).map(({ key }) => key))).toEqual([
      [],
      ['session/ping'],
    ]);
    expect(exitCode).toBe(1);
  });

  test('and the rest is named and passed over', () => {
    expect(stdout.slice(stdout.indexOf('\nPassed over:\n'))).toBe(
      `\nPassed over:\n    ${readme}: not executable\n    ${inner}: a folder\n    ${join(folder, 'plugins/gone')}: not a file\n    ${join(folder, 'plugins/notes')}: not executable\n`,
    );
  });

  test('the first line is the answer for all, and names do nothing to a terminal', () => {
    expect(firstLine(stdout)).toBe('✗ 2 plugins: 1 nonconformant, 1 conformant');
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toContain(String.raw`b-\x1b[31mred`);
  });
});

test('several paths are judged side by side, and told in their order', async () => {
  const paths = ['x', 'y', 'z'].map((name) => plugin(`side/${name}`, DEMO));
  const { exitCode, document } = await judgeSet([...paths, ...quick, '--seed', '4']);
  expect(exitCode).toBe(0);
  expect(document).toMatchObject({
    kind: 'set',
    reports: paths.map((path) => ({ seed: 4, verdict: 'conformant', subject: { command: [path] } })),
  });
});

test('with a contract that is exclusive there is never more than one, whatever --jobs says', async () => {
  const iglu = JSON.parse(readFileSync(built('harness/contract/builtin/iglu.json'), 'utf8')) as object;
  const contract = writeAt(
    join(folder, 'exclusive.json'),
    JSON.stringify({ ...iglu, exclusive: true }),
    0o644,
  );
  const [lock, overlap] = [join(folder, 'lock'), join(folder, 'overlap')];
  const look = `if [ -e '${lock}' ] && kill -0 "$(cat '${lock}')"; then touch '${overlap}'; fi; echo $$ > '${lock}'`;
  const script = `#!/bin/sh\n${look}\nexec '${process.execPath}' '${demo}'\n`;
  const paths = ['one', 'two'].map((name) => writeAt(join(folder, name), script));
  const { exitCode } = await cli([...paths, ...quick, '--contract', contract, '--jobs', '4', '--quiet']);
  expect(exitCode).toBe(0);
  expect(existsSync(lock)).toBe(true);
  expect(existsSync(overlap)).toBe(false);
});

test.each([
  [[], 'Which plugin? Try: iglu-conformance ./my-plugin, or iglu-conformance demo'],
  [['--'], 'Which plugin?'],
  [[demo, '--', 'node', demo], 'Name plugins by their paths, or give one command behind --, not both.'],
  [['demo', '--', 'node', demo], 'iglu-conformance demo takes no command behind --.'],
])('%j: exit code 2', async (words, line) => {
  const { exitCode, stdout, stderr } = await cli(words);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(line);
});
