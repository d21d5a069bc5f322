import { expect, test } from 'vitest';
import { DEMO, zoo } from '../run/built.util.js';
import { firstLine, judge, selectedKeys, type JudgedRun } from './cli.util.js';

/** Judges the bundled plugin. */
async function demo(...options: string[]): Promise<JudgedRun> {
  return judge([...options, '--', ...DEMO]);
}

test('--only and --skip are repeatable, and what is needed runs too, unselected', async () => {
  const only = ['--only', 'dispense', '--only', 'session/ping', '--only', 'logging/l*', '--only', 'errors'];
  const { exitCode, stdout, report } = await demo(...only, '--skip', 'dispense/twice', '--skip', 'e*');
  expect(exitCode).toBe(0);
  expect(selectedKeys(report)).toEqual([
    'session/ping',
    'dispense/known-name',
    'dispense/unknown-name',
    'logging/lines-parse',
  ]);
  const needed = report.checks.filter(({ selected }) => !selected).map(({ key }) => key);
  expect(needed).toEqual(expect.arrayContaining(['launch/runs', 'handshake/first-line', 'session/streams']));
  const reasons = ['--only dispense', '--only session/ping', '--only logging/l*', '--only errors'];
  expect(report.scope).toEqual({ full: false, reasons: [...reasons, '--skip dispense/twice', '--skip e*'] });
  expect(firstLine(stdout)).toMatch(/ is conformant in the part that was judged: \d checks? passed$/);
  expect(stdout).toContain('\nOnly a part was judged: --only dispense, ');
});

test.each([
  [['--only', 'interface/replies@GetManifest'], ['interface/replies@GetManifest']],
  [
    ['--only', '**@GetManifest', '--skip', 'interface/*', '--skip', 'concurrency', '--skip', 'fuzz'],
    ['errors/reach-the-host@GetManifest'],
  ],
  [
    ['--only', 'launch/**', '--level', 'must'],
    ['launch/runs', 'launch/closed-stdin'],
  ],
])('%j', async (options, expected) => {
  const { report, exitCode } = await demo(...options);
  expect(exitCode).toBe(0);
  expect(selectedKeys(report)).toEqual(expected);
});

test('a failure that is only needed counts all the same', async () => {
  const { exitCode, report, results } = await judge([
    '--only',
    'logging',
    '--',
    ...zoo('announces-dead-address'),
  ]);
  expect(exitCode).toBe(1);
  expect(report.verdict).toBe('nonconformant');
  expect(results.get('session/connects')).toMatchObject({
    outcome: 'failed',
    selected: false,
    blockedBy: null,
  });
  expect(results.get('logging/lines-parse')).toMatchObject({
    outcome: 'failed',
    blockedBy: 'session/connects',
  });
});

test('a warning does not make a plugin nonconformant, and --level never changes that', async () => {
  const should = await judge(['--only', 'launch', '--', ...zoo('serves-anybody')]);
  expect(should.exitCode).toBe(0);
  expect(firstLine(should.stdout)).toMatch(/is conformant .*, 1 warning$/);
  const must = await judge(['--only', 'launch', '--level', 'must', '--', ...zoo('serves-anybody')]);
  expect(must.exitCode).toBe(0);
  expect(must.results.has('launch/refuses-by-hand')).toBe(false);
  expect(must.report.scope.reasons).toEqual(['--only launch', '--level must']);
});

test.each([
  [['--only', 'lauch'], '"lauch" selects no check. Did you mean "launch"?'],
  [
    ['--only', 'launch', '--skip', 'launch/rnus'],
    '"launch/rnus" selects no check. Did you mean "launch/runs"?',
  ],
  [['--only', 'launch,session'], '"launch,session" selects no check.'],
  [['--only', 'interface/replies@GetManifset'], 'Did you mean "interface/replies@GetManifest"?'],
  [
    ['--only', 'lifecycle/terminates', '--level', 'should'],
    '--only lifecycle/terminates --level should together leave no check.',
  ],
])('%j selects nothing: exit code 2 and a line that says so', async (options, line) => {
  const { exitCode, stdout, stderr, report } = await demo(...options);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^iglu-conformance: [^\n]*\n$/);
  expect(stderr).toContain(line);
  expect(report).toMatchObject({ verdict: 'inconclusive', checks: [], scope: { full: false } });
  expect(report.problem).toContain(line);
});
