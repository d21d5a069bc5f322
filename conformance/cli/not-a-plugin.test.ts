import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { elfHeader } from '../../harness/launch/test/binaries.util.js';
import { findingsOf } from '../report/index.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { cli, firstLine, judge, judgeSet, mustsPassed } from './cli.util.js';

const folder = tempFolder();

/** Neither for this machine nor for any that runs Node. */
const OTHER_MACHINE = 22; // EM_S390 of 32 bits, in little-endian order.

function file(name: string, contents: string | Buffer, mode?: number): string {
  return writeAt(join(folder, name), contents, mode);
}

test.each([
  ['/bin/true', () => '/bin/true', 'launch/runs', /exited with code 0 and printed no line on stdout/],
  ['/bin/cat', () => '/bin/cat', 'launch/runs', /No whole line came on stdout within 1500 ms/],
  ['/bin/yes', () => '/bin/yes', 'handshake/first-line', /first line of stdout is not a handshake/],
  [
    'a script that prints hello',
    () => file('hello', '#!/bin/sh\necho hello\n'),
    'handshake/first-line',
    /not a handshake/,
  ],
  ['a script that fails', () => file('fails', '#!/bin/sh\nexit 7\n'), 'launch/runs', /exited with code 7/],
  ['a script that dies', () => file('dies', '#!/bin/sh\nkill -SEGV $$\n'), 'launch/runs', /SIGSEGV/],
])('%s runs and never shakes hands: nonconformant', async (_, make, key, reason) => {
  const path = make();
  const { exitCode, stdout, stderr, report } = await judge([path, '--start-timeout', '1500']);
  expect(exitCode).toBe(1);
  expect(report).toMatchObject({
    verdict: 'nonconformant',
    problem: null,
    subject: { command: [path], transport: null },
  });
  expect(findingsOf(report.checks).map((finding) => finding.key)).toEqual([key]);
  expect(mustsPassed(report)).toEqual([]);
  expect(firstLine(stdout)).toMatch(reason);
  expect(firstLine(stdout).startsWith(`✗ ${path} is nonconformant: `)).toBe(true);
  expect(stderr).toBe('');
});

test.each([
  ['a device', () => '/dev/null', /is a device, pipe or socket; name a regular file/],
  ['a missing file', () => join(folder, 'nowhere'), /does not exist \(ENOENT\); check the path/],
  [
    'an empty folder',
    () => (mkdirSync(join(folder, 'empty')), join(folder, 'empty')),
    /there is no plugin in this folder/,
  ],
  [
    'a folder of texts',
    () => join(file('texts/README.md', 'hello\n', 0o644), '..'),
    /no file in it is executable; build the plugin/,
  ],
  ['a text', () => file('text', 'hello\n', 0o644), /no execute permission \(mode 644\); run: chmod \+x/],
  ['an executable text', () => file('script', 'echo hello\n'), /#!/],
  ['a script for an absent interpreter', () => file('absent', '#!/nowhere/python\n'), /\/nowhere\/python/],
  ['an empty file', () => file('nothing', ''), /empty|format|#!/],
  [
    'a binary for another machine',
    () => file('elf', elfHeader({ machine: OTHER_MACHINE, bits: 32 })),
    /machine|built for|architecture/i,
  ],
])('%s cannot be executed: not judged', async (_, make, reason) => {
  const path = make();
  const { exitCode, stdout, stderr, report } = await judge([path]);
  expect(exitCode).toBe(2);
  expect(firstLine(stdout)).toMatch(reason);
  expect(firstLine(stdout).startsWith(`? ${path} could not be judged: `)).toBe(true);
  expect(report).toMatchObject({ verdict: 'inconclusive', subject: { command: [path], sha256: null } });
  expect(report.problem).toMatch(reason);
  expect(report.checks.filter(({ outcome }) => outcome !== 'inconclusive')).toEqual([]);
  expect(stderr).toBe('');
});

test('a file of somebody else, which this user may read and not execute, is not judged', async () => {
  const path = file('locked', '#!/bin/sh\n');
  chmodSync(path, 0o000);
  const { exitCode, report } = await judge([path]);
  expect(exitCode).toBe(2);
  expect(report.problem).toContain(path);
});

test('a name that is no path, and no command of ours, is a missing file', async () => {
  const { exitCode, stdout } = await cli(['chekcs'], { cwd: folder });
  expect(exitCode).toBe(2);
  expect(firstLine(stdout)).toContain(
    `? ./chekcs could not be judged: ${join(folder, 'chekcs')} does not exist`,
  );
});

test.each([
  [['/bin/true', '/dev/null'], 1],
  [['/dev/null', '/bin/true'], 1],
  [['/dev/null', '/nowhere/plugin'], 2],
])('of %j the worst counts: %d', async (paths, code) => {
  const { exitCode, stdout, document } = await judgeSet([...paths, '--only', 'launch']);
  expect(exitCode).toBe(code);
  expect(firstLine(stdout)).toMatch(/^[✗?] 2 plugins: /);
  expect(document).toMatchObject({
    kind: 'set',
    reports: paths.map((path) => ({ subject: { command: [path] } })),
  });
});
