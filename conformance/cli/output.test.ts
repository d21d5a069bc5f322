import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { readReport } from '../report/index.js';
import { DEMO, zoo } from '../run/built.util.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { cleanEnvironment, cli, firstLine, judge, MAIN } from './cli.util.js';

const folder = tempFolder();
const quick = ['--only', 'session/ping', '--only', 'launch/runs'];
const broken = zoo('ping-is-an-error');
const ESCAPE = '\u001b';

test('--report json=-: stdout is the JSON and nothing else, what people read is on stderr', async () => {
  const { exitCode, stdout, stderr } = await cli([...quick, '--report', 'json=-', '--', ...broken]);
  expect(exitCode).toBe(1);
  expect(readReport(stdout, 'stdout')).toMatchObject({ kind: 'report', verdict: 'nonconformant' });
  expect(firstLine(stderr)).toContain(' is nonconformant: ');
});

test('a report goes to each place that is named', async () => {
  const [one, two] = [join(folder, 'one.json'), join(folder, 'two.json')];
  await cli([...quick, '--report', `json=${one}`, '--report', `json=${two}`, '--quiet', '/bin/true']);
  expect(readFileSync(two, 'utf8')).toBe(readFileSync(one, 'utf8'));
  expect(readReport(readFileSync(one, 'utf8'), one)).toMatchObject({ verdict: 'nonconformant' });
});

test.each([
  ['yaml=r.yaml', '--report wants KIND=PATH with KIND one of json, and got "yaml=r.yaml".'],
  ['toString=x', 'and got "toString=x"'],
  ['json', 'and got "json"'],
  ['json=', 'and got "json="'],
  ['json=/nowhere/r.json', 'The report cannot be written to /nowhere/r.json: ENOENT'],
])('--report %s: exit code 2, before anything is run', async (word, line) => {
  const touched = join(folder, 'touched');
  const plugin = writeAt(join(folder, 'toucher'), `#!/bin/sh\ntouch '${touched}'\n`);
  const { exitCode, stdout, stderr } = await cli(['--report', word, plugin]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(line);
  expect(existsSync(touched)).toBe(false);
});

test('only one report can go to stdout', async () => {
  const { exitCode, stderr } = await cli(['--report', 'json=-', '--report', 'json=-', '/bin/true']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('Only one --report can go to stdout.');
});

test('a report that cannot be written after all is told, and is no verdict', async () => {
  mkdirSync(join(folder, 'folder.json'));
  const { exitCode, stdout, stderr } = await cli([
    ...quick,
    '--report',
    `json=${join(folder, 'folder.json')}`,
    '/bin/true',
  ]);
  expect(exitCode).toBe(2);
  expect(firstLine(stdout)).toContain('✗ /bin/true is nonconformant');
  expect(stderr).toMatch(/^iglu-conformance: The report cannot be written to .*folder\.json: EISDIR/);
});

test('--quiet is the verdict alone', async () => {
  const { stdout, stderr } = await cli([...quick, '--quiet', '--', ...broken]);
  expect(stdout).toMatch(/^✗ [^\n]* is nonconformant: [^\n]*\n$/);
  expect(stderr).toBe('');
});

test('--verbose is every result as it comes, and all of them again with the evidence', async () => {
  const { stdout, stderr } = await cli([...quick, '--verbose', '--', ...broken]);
  const lines = stderr.trimEnd().split('\n');
  expect(
    lines.every((line) => /: (?:passed|failed|inconclusive|not-applicable|not reached) [a-z]+\//.test(line)),
  ).toBe(true);
  expect(stdout).toMatch(/^ {2}passed {9}launch\/runs {2}[\d.]+ ms$/m);
  expect(stdout).toMatch(/^ {2}failed {9}session\/ping {2}[\d.]+ ms$/m);
  expect(stdout).toMatch(/^ {4}tape \(ms\)$/m);
});

test('--quiet and --verbose are not both to be had', async () => {
  const { exitCode, stderr } = await cli(['--quiet', '--verbose', '/bin/true']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("'--quiet' cannot be used with option '--verbose'");
});

describe('colours, where there is no terminal', () => {
  test.each([
    ['nothing said', {}, false],
    ['FORCE_COLOR', { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, false],
    ['NO_COLOR', { NO_COLOR: '1' }, false],
    ['CI', { CI: 'true' }, false],
  ])('%s', async (_, env, coloured) => {
    const { stdout, stderr } = await cli(['--only', 'launch/runs', '/bin/true'], { env });
    expect(stdout.includes(ESCAPE)).toBe(coloured);
    expect(stderr).toBe('');
  });
});

test('what reads us may stop reading', async () => {
  const command = `'${process.execPath}' '${MAIN}' checks | head -n 1; exit "\${PIPESTATUS[0]}"`;
  const { exitCode, stdout, stderr } = await execa('bash', ['-c', command], {
    env: cleanEnvironment(),
    extendEnv: false,
    reject: false,
  });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toContain('launch/runs');
});

describe('a plugin whose words would harm a terminal', async () => {
  const words = String.raw`\033[2J\033]0;owned\007 \302\233\061mred \342\200\256gnp.exe \342\200\213 \015over`;
  const hostile = writeAt(
    join(folder, 'hostile'),
    `#!/bin/sh\nprintf '${words}\\n' >&2\nprintf '1|1|unix|${words}|netrpc|\\n'\nexec sleep 60\n`,
  );
  const { exitCode, stdout, stderr, report } = await judge([
    hostile,
    '--verbose',
    '--start-timeout',
    '20000',
    '--skip',
    'interface',
  ]);

  test('is nonconformant', () => {
    expect(exitCode).toBe(1);
    expect(report.verdict).toBe('nonconformant');
  });

  test('is quoted with its controls escaped', () => {
    for (const text of [stdout, stderr]) expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(stdout).toContain(String.raw`\u001b[2J\u001b]0;owned\u0007 \u009b1mred \u202egnp.exe`);
  });
});

test('no line is longer than 80 columns, unless it is the verdict, one word, or a command', async () => {
  const { stdout } = await cli(['--only', 'interface', '--', ...zoo('reply-of-another-kind')]);
  const long = stdout
    .split('\n')
    .slice(1)
    .filter((line) => line.length > 80 && !line.startsWith('    again ') && line.trim().includes(' '));
  expect(long).toEqual([]);
  expect(stdout.split('\n').length).toBeGreaterThan(15);
});

test('nothing is left in our own folder', async () => {
  const cwd = join(folder, 'cwd');
  mkdirSync(cwd);
  await cli([...quick, '--', ...DEMO], { cwd });
  expect(readdirSync(cwd)).toEqual([]);
});

test('a defect of ours is never held against the plugin: exit code 2, and nothing is left', async () => {
  const defect = `data:text/javascript,setTimeout(()=>{throw new TypeError('of our own making')},700)`;
  const { exitCode, stdout, stderr } = await cli(['--', '/bin/cat'], {
    env: { NODE_OPTIONS: `--import "${defect}"` },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(
    /^iglu-conformance: a defect of this tool, not of a plugin; please report it\.\nTypeError: of our own making\n/,
  );
});
