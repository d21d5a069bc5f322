import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { CATALOGUE, HOST_CATALOGUE } from '../checks/index.js';
import { ROOT } from '../run/built.util.js';
import { cli } from './cli.util.js';

const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };

describe('--help', async () => {
  const { exitCode, stdout, stderr } = await cli(['--help']);

  test('is on stdout, in 80 columns', () => {
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('lists the commands that there are', () => {
    const commands = stdout.slice(stdout.indexOf('\nCommands:\n')).matchAll(/^ {2}([a-z]+)/gm);
    expect([...commands].map(([, name]) => name)).toEqual(['demo', 'host', 'replay', 'checks', 'types']);
  });

  test('lists the options that there are', () => {
    const options = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map(([, name]) => name);
    expect(options.join(' ')).toBe(
      '--version --help --contract --cookie --only --skip --level --require-all --known-failing --env --inherit-env ' +
        '--allow-effects --start-timeout --timeout --jobs --seed --runs --budget --counterexamples --report --verbose --quiet',
    );
  });
});

test.each([['demo'], ['checks'], ['types']])('%s --help explains it', async (command) => {
  const { exitCode, stdout } = await cli([command, '--help']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: iglu-conformance ${command} `));
});

test('--version is the package’s', async () => {
  expect(await cli(['--version'])).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['--frobnicate', '/bin/true'], "error: unknown option '--frobnicate'"],
  [['--onyl', 'x', '/bin/true'], '(Did you mean --only?)'],
  [['demo', '--host', 'x'], "error: unknown option '--host'"],
  [['demo', 'extra'], 'too many arguments'],
  [['types'], "missing required argument 'contract'"],
  [['--level', 'shall', '/bin/true'], 'Allowed choices are must, should, may.'],
  [['--jobs', '0', '/bin/true'], 'It is a whole number from 1'],
  [['--seed', '1e3', '/bin/true'], 'It is a whole number from 0'],
  [['--timeout', '-5', '/bin/true'], 'It is a whole number from 1'],
  [['--start-timeout', '99999999999', '/bin/true'], 'It is a whole number from 1 to 2147483647.'],
  [['--only'], "option '--only <glob>' argument missing"],
  [['--quiet', 'checks'], 'iglu-conformance checks takes no options of a run.'],
  [['--jobs', '2', 'types', 'iglu'], 'iglu-conformance types takes no options of a run.'],
])('%j: exit code 2, and what is wrong', async (args, line) => {
  const { exitCode, stdout, stderr } = await cli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(line);
});

describe('checks', () => {
  test('lists the whole catalogue, in 80 columns', async () => {
    const { exitCode, stdout } = await cli(['checks']);
    expect(exitCode).toBe(0);
    for (const { id, level } of CATALOGUE) expect(stdout).toMatch(new RegExp(`^${id} +${level} `, 'm'));
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('of an area lists that area', async () => {
    const { stdout } = await cli(['checks', 'session']);
    const ids = [...stdout.matchAll(/^[a-z]+\/[a-z-]+/gm)].map(([id]) => id);
    expect(ids).toEqual(CATALOGUE.map(({ id }) => id).filter((id) => id.startsWith('session/')));
  });

  test('of an id explains the check', async () => {
    const { exitCode, stdout } = await cli(['checks', 'interface/replies']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^interface\/replies {2}must, for each method\n/);
    for (const label of ['promise', 'why', 'fix', 'source', 'needs'])
      expect(stdout).toMatch(new RegExp(`^ {4}${label} `, 'm'));
  });

  test('of what there is not proposes what there is', async () => {
    expect(await cli(['checks', 'launch/rusn'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'iglu-conformance: There is no check "launch/rusn". Did you mean "launch/runs"? iglu-conformance checks lists them all.\n',
    });
    expect((await cli(['checks', 'starts-in'])).stderr).toContain('Did you mean launch/starts-in-time?');
  });

  test('--json is the same as data', async () => {
    const { stdout } = await cli(['checks', '--json']);
    const facts = JSON.parse(stdout) as Record<string, unknown>[];
    expect(facts.map(({ id }) => id)).toEqual([...CATALOGUE, ...HOST_CATALOGUE].map(({ id }) => id));
    expect(Object.keys(facts[0] ?? {})).toEqual([
      'id',
      'title',
      'level',
      'target',
      'needs',
      'reference',
      'why',
      'fix',
    ]);
    const one = JSON.parse((await cli(['checks', 'launch/runs', '--json'])).stdout) as unknown[];
    expect(one).toEqual([facts[0]]);
  });
});
