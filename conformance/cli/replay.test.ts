import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { describe, expect, test } from 'vitest';
import { hasGo } from '../../harness/test/go.util.js';
import type { Counterexample } from '../fuzz/counterexample/index.js';
import { call, counterexample } from '../fuzz/counterexample/sample.util.js';
import { built, DEMO, ROOT } from '../run/built.util.js';
import { processesOf, tempFolder, writeAt } from '../run/temp-folder.util.js';
import { cleanEnvironment, cli, expectNothingLeft, firstLine, MAIN } from './cli.util.js';
import { replay } from '../run/replay.js';
import { onTerminal } from './terminal.util.js';

const folder = tempFolder();
const PANICS = join(ROOT, 'examples/bin/bad/panics');
const LAMP = join(ROOT, 'examples/bin/lamp');

function saved(name: string, changes: Partial<Counterexample> = {}): string {
  return writeAt(join(folder, name), JSON.stringify(counterexample(changes)), 0o644);
}

const subject = (...command: string[]): Pick<Counterexample, 'subject'> => ({
  subject: { command, sha256: null },
});
const failing = saved('failing.json', subject(PANICS));
const fixed = saved('fixed.json', subject(...DEMO));
const different = saved('different.json', { ...subject(PANICS), key: 'fuzz/replies@GetDeviceStatus' });
const outdated = saved('outdated.json', {
  ...subject(...DEMO),
  what: { kind: 'calls', steps: [{ calls: [call('GetDeviceStatus', { UniqueID: 5 })] }] },
});

describe.skipIf(!hasGo)('what still fails', async () => {
  const { exitCode, stdout, stderr } = await cli(['replay', failing]);

  test('is said first, with exit code 1', () => {
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: '' });
    expect(firstLine(stdout)).toBe(
      `✗ ${failing} is still failing: The plugin died of panic: the bridge is not connected.`,
    );
  });

  test('comes with evidence, as findings do, in 80 columns', () => {
    expect(stdout).toContain('✗ fuzz/process-lives@GetDeviceStatus  must');
    for (const label of ['expected', 'actual', 'arguments', 'seen', 'stderr', 'tape'])
      expect(stdout).toMatch(new RegExp(`^ {4}${label}`, 'm'));
    expect(stdout).toContain('1. GetDeviceStatus {"UniqueID":""}');
    expect(stdout).toContain(`again     npx iglu-conformance replay ${failing}\n`);
    const long = stdout
      .split('\n')
      .slice(1)
      .filter((line) => line.length > 80 && !line.includes('again'));
    expect(long).toEqual([]);
  });

  test('is done as often as one likes, by whatever plugin is named', async () => {
    const again = await cli(['replay', failing, '--times', '3', '--quiet']);
    expect(again.stdout).toMatch(/^✗ \S+ is still failing, 3 of 3 times: [^\n]*\n$/);
    const other = await cli(['replay', failing, '--times', '2', '--', LAMP]);
    expect(other).toEqual({
      exitCode: 0,
      stdout: `✓ ${failing} is fixed, 2 times: fuzz/process-lives@GetDeviceStatus\n`,
      stderr: '',
    });
  });
});

test.skipIf(!hasGo)(
  'what fails otherwise is different: exit code 1, and it is said what it was',
  async () => {
    const { exitCode, stdout } = await cli(['replay', different]);
    expect(exitCode).toBe(1);
    expect(firstLine(stdout)).toMatch(
      / is different: The plugin died of panic: the bridge is not connected\.$/,
    );
    expect(stdout).toContain('\n    It was fuzz/replies@GetDeviceStatus: The plugin died of panic.\n');
  },
);

test('what is fixed is one line, and exit code 0', async () => {
  expect(await cli(['replay', fixed])).toEqual({
    exitCode: 0,
    stdout: `✓ ${fixed} is fixed: fuzz/process-lives@GetDeviceStatus\n`,
    stderr: '',
  });
});

test('what could not be judged: exit code 2, and a line for each file', async () => {
  const files: [path: string, line: RegExp][] = [
    [join(folder, 'nowhere.json'), /could not be judged: There is no file /],
    [writeAt(join(folder, 'x.txt'), '{}', 0o644), /x\.txt is not a counterexample/],
    [outdated, / is outdated: .*UniqueID must be a string/],
    [saved('missing.json', subject('./nowhere')), /could not be judged: .*nowhere/],
    [
      saved('contract.json', { ...subject(...DEMO), flags: ['--contract', './nowhere.json'] }),
      /could not be judged: There is no contract \.\/nowhere\.json/,
    ],
    [
      saved('greedy.json', { ...subject(...DEMO), flags: ['--inherit-env'] }),
      /could not be judged: It was found with --inherit-env.*give that option again/,
    ],
    [
      saved('curious.json', { ...subject(...DEMO), flags: ['--env', 'TOKEN'] }),
      /could not be judged: It was found with --env TOKEN/,
    ],
  ];
  const { exitCode, stdout, stderr } = await cli(['replay', '--quiet', ...files.map(([path]) => path)]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
  const lines = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(files.length);
  for (const [at, [, line]] of files.entries()) {
    expect(lines[at]).toMatch(line);
    expect(lines[at]).toMatch(/^\? /);
  }
});

test('a variable of ours is passed on when it is asked for here too', async () => {
  const path = saved('curious.json', { ...subject(...DEMO), flags: ['--env', 'TOKEN'] });
  const { exitCode } = await cli(['replay', path, '--env', 'TOKEN'], { env: { TOKEN: 'x' } });
  expect(exitCode).toBe(0);
});

describe.skipIf(!hasGo)('a folder', () => {
  test('is done file by file, by name; what is none is passed over', async () => {
    const place = join(folder, 'several');
    mkdirSync(place);
    for (const [name, changes] of [
      ['a.json', subject(...DEMO)],
      ['b.json', subject(PANICS)],
    ] as const)
      writeAt(join(place, name), JSON.stringify(counterexample(changes)), 0o644);
    writeAt(join(place, 'report.json'), '{}', 0o644);
    const { exitCode, stdout } = await cli(['replay', 'several'], { cwd: folder });
    expect(exitCode).toBe(1);
    expect(stdout.match(/^[✓✗?] several\/\S+ is [a-z ]+/gm)).toEqual([
      '✓ several/a.json is fixed',
      '✗ several/b.json is still failing',
    ]);
    expect(stdout).toContain('\n2 counterexamples: 1 still failing, 1 fixed\n');
    expect(stdout).toMatch(/\nPassed over:\n {4}several\/report\.json is not a counterexample/);
  });

  test('of nothing: exit code 2', async () => {
    mkdirSync(join(folder, 'empty'));
    const { exitCode, stdout, stderr } = await cli(['replay', join(folder, 'empty')]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('There is no counterexample in the folder');
  });
});

test.each([
  [['replay'], "missing required argument 'file'"],
  [['replay', fixed, '--times', '0'], 'It is a whole number from 1'],
  [['replay', fixed, '--print', 'rust'], 'Allowed choices are vitest, go.'],
  [['replay', fixed, failing, '--print', 'go'], '--print takes one counterexample at a time.'],
  [['replay', fixed, '--cookie', 'K'], '--cookie wants KEY=VALUE'],
  [['--seed', '1', 'replay', fixed], 'iglu-conformance replay takes no options of a run.'],
  [['replay', outdated, '--print', 'go'], 'not valid by the contract'],
])('%j: exit code 2, and what is wrong', async (args, line) => {
  const { exitCode, stdout, stderr } = await cli(args);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(line);
});

test('on a terminal it is in colour and wrapped; NO_COLOR takes the colours', async () => {
  const colour = String.fromCharCode(27);
  const { output } = await onTerminal(['replay', outdated]);
  expect(output).toContain(`${colour}[33m`);
  const plain = await onTerminal(['replay', outdated], { env: { NO_COLOR: '1' } });
  expect(plain.output).not.toContain(colour);
  expect(plain.output.split(/\r?\n/).filter((line) => line.length > 80 && line.trim().includes(' '))).toEqual(
    [],
  );
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s amid it: exit code 130, and nothing is left',
  async (signal) => {
    const silent = saved('silent.json', subject('/bin/cat'));
    const env = cleanEnvironment();
    const running = execa(process.execPath, [MAIN, 'replay', silent], {
      env,
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      stripFinalNewline: false,
    });
    while (processesOf(env.TMPDIR).length < 2) await delay(20);
    running.kill(signal);
    const { exitCode, stdout, stderr } = await running;
    expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
    expect(stderr).toBe('Interrupted; every plugin was ended.\n');
    expectNothingLeft(env.TMPDIR);
  },
);

test.skipIf(!hasGo)('for programs it is a function', async () => {
  expect(await replay(failing)).toMatchObject({
    verdict: 'still-failing',
    rate: { failed: 1, of: 1 },
    key: 'fuzz/process-lives@GetDeviceStatus',
    evidence: { arguments: { UniqueID: '' }, stderr: expect.stringContaining('panic:') },
  });
  expect(await replay(counterexample(), { command: [LAMP], times: 2 })).toEqual({
    verdict: 'fixed',
    rate: { failed: 0, of: 2 },
    key: null,
    message: null,
    expected: null,
    actual: null,
    evidence: null,
    notes: [],
  });
  await expect(replay(join(folder, 'nowhere.json'))).rejects.toMatchObject({
    code: 'COUNTEREXAMPLE_NOT_FOUND',
  });
  await expect(replay({ ...counterexample(), kind: 'x' as 'counterexample' })).rejects.toMatchObject({
    code: 'COUNTEREXAMPLE_INVALID',
  });
});

test.skipIf(!hasGo)('--print vitest: a test that fails as long as it fails', async () => {
  const place = join(folder, 'snippet');
  mkdirSync(place);
  symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'));
  const { stdout, exitCode } = await cli(['replay', failing, '--print', 'vitest']);
  expect(exitCode).toBe(0);
  // There is no package of this name in the repository itself.
  const api = pathToFileURL(built('conformance/run/replay.js')).href;
  const test = (text: string): void => {
    writeAt(join(place, 'found.test.ts'), text.replace("'iglu-conformance'", JSON.stringify(api)), 0o644);
  };
  const vitest = async (): Promise<{ exitCode: number | undefined; all: string }> => {
    const words = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--root', place];
    const { exitCode, all } = await execa(process.execPath, words, {
      reject: false,
      all: true,
      env: { NO_COLOR: '1' },
    });
    return { exitCode, all };
  };
  test(stdout);
  const broken = await vitest();
  expect(broken.all).toMatch(/"verdict": "still-failing"/);
  expect(broken.exitCode).toBe(1);
  test(stdout.replaceAll(PANICS, LAMP));
  expect((await vitest()).exitCode).toBe(0);
});
