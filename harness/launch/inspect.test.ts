import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { describe, expect, test } from 'vitest';

import { goBuild, hasGo } from '../test/go.util.js';
import { inspectExecutable, type ExecutableFormat, type UnusableReason } from './index.js';
import { elfHeader, machOHeader, peHeader } from './test/binaries.util.js';
import { writeFile } from './test/programs.util.js';

const RISC_V = 243;

/** A real program whose loader has been renamed in place: every other byte is right. */
function withoutLoader(): string {
  const program = readFileSync(realpathSync('/bin/cat')).toString('latin1');
  const path = writeFile(Buffer.from(program.replace('/ld-linux-', '/ld-l1nux-'), 'latin1'));
  return path;
}

function link(target: string): string {
  const path = `${writeFile('')}-link`;
  symlinkSync(target, path);
  return path;
}

function longShebang(bytes: number): string {
  return `#!/${'/'.repeat(bytes - '#!/bin/sh\n'.length)}bin/sh\n`;
}

const CASES: [name: string, expected: ExecutableFormat | UnusableReason, make: () => string][] = [
  ['a script', 'script', () => writeFile('#!/bin/sh\n')],
  ['a script with blanks and arguments', 'script', () => writeFile('#! \t/bin/sh -e x\n')],
  ['a script that is one line without its end', 'script', () => writeFile('#!/bin/sh')],
  ['a script whose interpreter is a script', 'script', () => writeFile(`#!${writeFile('#!/bin/sh\n')}\n`)],
  ['the longest first line that the kernel reads', 'script', () => writeFile(longShebang(256))],
  ['a first line that is one byte longer', 'interpreter-missing', () => writeFile(longShebang(257))],
  ['a script with CRLF', 'interpreter-missing', () => writeFile('#!/bin/sh\r\nexit\r\n')],
  ['a script for an absent interpreter', 'interpreter-missing', () => writeFile('#!/nowhere/sh\n')],
  ['a script for a directory', 'interpreter-missing', () => writeFile('#!/bin\n')],
  ['a script for nothing', 'interpreter-missing', () => writeFile('#!\n')],
  ['text', 'unknown-format', () => writeFile('exit 0\n')],
  ['an empty file', 'unknown-format', () => writeFile('')],
  ['a byte order mark before #!', 'unknown-format', () => writeFile('\uFEFF#!/bin/sh\n')],
  [
    'the first bytes of a program',
    'unknown-format',
    () => writeFile(readFileSync('/bin/cat').subarray(0, 40)),
  ],
  ['a missing file', 'missing', () => '/nowhere/plugin'],
  ['a path through a file', 'missing', () => `${writeFile('')}/plugin`],
  ['a link to nothing', 'missing', () => link('/nowhere/plugin')],
  ['a link to itself', 'missing', () => link(`${writeFile('')}-link`)],
  ['a directory', 'directory', () => dirname(writeFile(''))],
  ['a device', 'not-a-file', () => '/dev/null'],
  ['a file without permission', 'not-executable', () => writeFile('#!/bin/sh\n', 0o644)],
];

const LINUX_CASES: typeof CASES = [
  ['a program', 'elf', () => '/bin/cat'],
  ['a link to a program', 'elf', () => link('/bin/cat')],
  ['a program whose loader is missing', 'interpreter-missing', withoutLoader],
  ['a program for RISC-V', 'other-machine', () => writeFile(elfHeader({ machine: RISC_V }))],
  ['an object file', 'unknown-format', () => writeFile(elfHeader({ machine: RISC_V, type: 1 }))],
  ['a Windows program', 'other-machine', () => writeFile(peHeader())],
  ['a macOS program', 'other-machine', () => writeFile(machOHeader())],
];
if (process.platform === 'linux') CASES.push(...LINUX_CASES);

test.each(CASES)('%s: %s', async (_, expected, make) => {
  const path = make();
  const found = await inspectExecutable(path);
  expect(found.ok ? found.format : found.reason).toBe(expected);
  expect(found.path).toBe(path);
  const detail = found.ok ? `${path}.` : found.detail;
  expect(detail).toContain(path);
  expect(detail).toMatch(/^[^\n]+\.$|chmod \+x \S+$/);
});

describe.skipIf(!hasGo)("Go's os/exec", () => {
  test('starts the same files', async () => {
    const oracle = goBuild(join(import.meta.dirname, 'oracle/exec'));
    try {
      const paths = CASES.map(([, , make]) => make());
      const answers = execFileSync(oracle.binary, paths, { encoding: 'utf8', input: '' })
        .trimEnd()
        .split('\n');
      const ours = await Promise.all(paths.map((path) => inspectExecutable(path)));
      expect(Object.fromEntries(CASES.map(([name], at) => [name, answers[at] === 'started']))).toEqual(
        Object.fromEntries(CASES.map(([name], at) => [name, ours[at]?.ok])),
      );
    } finally {
      oracle.remove();
    }
  });
});

test('a relative path becomes absolute, and the file is hashed', async () => {
  const path = writeFile('#!/bin/sh\nexit 3\n');
  expect(await inspectExecutable(relative(process.cwd(), path))).toEqual({
    ok: true,
    path,
    format: 'script',
    interpreter: '/bin/sh',
    sha256: createHash('sha256').update('#!/bin/sh\nexit 3\n').digest('hex'),
  });
});

test('an inspection never runs the file', async () => {
  const path = writeFile('#!/bin/sh\ntouch "$0.ran"\n');
  await inspectExecutable(path);
  expect((await inspectExecutable(`${path}.ran`)).ok).toBe(false);
});

test('a path that no system call takes is unreadable, not a raw error', async () => {
  expect(await inspectExecutable('a\0b')).toMatchObject({ ok: false, reason: 'unreadable' });
});
