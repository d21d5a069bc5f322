import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { HOST_CATALOGUE } from '../checks/index.js';
import { readReport } from '../report/index.js';
import { built, ROOT } from '../run/built.util.js';
import { processesOf, tempFolder, writeAt } from '../run/temp-folder.util.js';
import {
  cleanEnvironment,
  cli,
  expectNothingLeft,
  firstLine,
  judge,
  MAIN,
  selectedKeys,
} from './cli.util.js';

const folder = tempFolder();
const reference = built('mocks/host/adapter/main.js');
const unready = built('mocks/host/zoo/never-says-running.js');
const speaks = ['--adapter', '--only', 'host/speaks-adapter'];
const runs = ['--adapter', '--only', 'host/says-running'];
/** Runs its plugin, and does not know the cookie. */
const script = writeAt(join(folder, 'host'), '#!/bin/sh\necho here I am\n"$1"\n');

test('a host that keeps its promises: exit code 0', async () => {
  const { exitCode, stdout, report } = await judge(['host', ...speaks, reference]);
  expect(exitCode).toBe(0);
  expect(firstLine(stdout)).toMatch(/ is conformant in the part that was judged: 1 check passed$/);
  expect(report).toMatchObject({ subject: { kind: 'host', command: [reference] }, verdict: 'conformant' });
  expect(selectedKeys(report)).toEqual(['host/speaks-adapter']);
});

test('a host that breaks one: exit code 1, and what to do, in 80 columns', async () => {
  const { exitCode, stdout } = await cli(['host', ...runs, unready]);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('\n✗ host/says-running  must\n');
  const again = / {4}again +npx iglu-conformance host \S+ --adapter --only host\/says-running$/m;
  expect(stdout).toMatch(again);
  const long = stdout.split('\n').filter((line, n) => n > 0 && line.length > 80 && !again.test(line));
  expect(long).toEqual([]);
});

test('a host without an adapter is judged by what it does to its plugin', async () => {
  const { exitCode, stdout, results } = await judge([
    'host',
    '--only',
    'host/sets-cookie',
    '--only',
    'host/calls',
    script,
    '--',
    '{plugin}',
  ]);
  expect(exitCode).toBe(1);
  expect(results.get('host/sets-cookie')).toMatchObject({ outcome: 'failed', blockedBy: null });
  // What it writes to stdout is for people.
  expect(stdout).toMatch(/^ {4}stdout\n {6}here I am$/m);
  expect(results.get('host/calls')).toMatchObject({ outcome: 'not-applicable' });
});

test.each([
  ['no place for the plugin', [script], 'Put {plugin} or {plugins} into its arguments'],
  ['a missing file', [...speaks, join(folder, 'nowhere')], 'nowhere'],
  ['a folder', [...speaks, folder], 'is a directory'],
  ['a place outside the host’s folder', ['--plugin-at', '../x', script], 'is no path of a plugin'],
])('%s: exit code 2, and why', async (_, args, why) => {
  const { exitCode, stdout, report } = await judge(['host', ...args]);
  expect(exitCode).toBe(2);
  expect(stdout).toContain(' could not be judged: ');
  expect(report.problem).toContain(why);
});

test.each([
  ['two places', ['--plugins', 'x', '--plugin-at', 'y', script], '--plugins and --plugin-at say different'],
  ['a glob of nothing', [...speaks, '--only', 'host/nothing', reference], '"host/nothing"'],
  ['no host', [], "missing required argument 'host'"],
])('%s: exit code 2, before anything is run', async (_, args, why) => {
  const { exitCode, stdout, stderr } = await cli(['host', ...args]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(why);
});

test('--report json=-: a report on a host, by its schema', async () => {
  const { stdout, stderr } = await cli(['host', ...speaks, '--report', 'json=-', reference]);
  expect(readReport(stdout, 'stdout')).toMatchObject({ kind: 'report', subject: { kind: 'host' } });
  expect(firstLine(stderr)).toContain(' is conformant ');
});

test('SIGINT amid a run: exit code 130, and nothing is left', async () => {
  const env = cleanEnvironment();
  const args = ['host', '--adapter', '--only', 'host/gives-up-silent-plugin', reference];
  const run = execa(process.execPath, [MAIN, ...args], {
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  while (processesOf(env.TMPDIR).length < 3) await delay(20);
  run.kill('SIGINT');
  const { exitCode, stderr } = await run;
  expect({ exitCode, stderr }).toEqual({
    exitCode: 130,
    stderr: 'Interrupted; the host and every plugin were ended.',
  });
  expectNothingLeft(env.TMPDIR);
});

test('checks host lists the checks on hosts', async () => {
  const { stdout } = await cli(['checks', 'host']);
  const ids = [...stdout.matchAll(/^host\/[a-z-]+/gm)].map(([id]) => id);
  expect(ids).toEqual(HOST_CATALOGUE.map(({ id }) => id));
});

describe('the known failures of the seed’s host', () => {
  const known = ['--known-failing', join(ROOT, 'examples/go/seed-host/known-failing.txt')];

  test.skipIf(!hasGo)('do not count', async () => {
    const { exitCode, report } = await judge(['host', ...runs, ...known, goExample('seed-host')]);
    expect(exitCode).toBe(0);
    expect(report.counts.knownFailing).toBe(1);
  });

  test('are findings once they are gone', async () => {
    const { exitCode, stdout } = await cli(['host', ...runs, ...known, reference]);
    expect(exitCode).toBe(1);
    expect(firstLine(stdout)).toContain('host/says-running is listed as known to fail, and it passes.');
  });
});
