import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { binfmtInterpreter } from './binfmt.js';
import { readElfHeader } from './elf.js';
import { judgeFormat } from './format.js';
import type { HostMachine } from './host-machine.js';
import { elfHeader, elfWithLoader, machOHeader, peHeader } from './test/binaries.util.js';

function host(platform: NodeJS.Platform, arch: NodeJS.Architecture, littleEndian = true): HostMachine {
  return {
    platform,
    arch,
    littleEndian,
  };
}

const X86_64 = 62;
const AARCH64 = 183;
const S390 = 22;

test.each([
  ['elf', elfHeader({ machine: X86_64 }), host('linux', 'x64')],
  ['elf', elfHeader({ machine: 3, bits: 32 }), host('linux', 'x64')],
  ['elf', elfHeader({ machine: AARCH64 }), host('linux', 'arm64')],
  ['elf', elfHeader({ machine: S390, bigEndian: true }), host('linux', 's390x', false)],
  ['other-machine', elfHeader({ machine: 4711 }), host('linux', 'mips')],
  ['other-machine', elfHeader({ machine: AARCH64 }), host('linux', 'x64')],
  ['other-machine', elfHeader({ machine: 21, bigEndian: true }), host('linux', 'ppc64')],
  ['other-machine', elfHeader({ machine: X86_64 }), host('darwin', 'x64')],
  ['other-machine', elfHeader({ machine: X86_64 }), host('win32', 'x64')],
  ['mach-o', machOHeader(), host('darwin', 'arm64')],
  ['other-machine', machOHeader(), host('linux', 'arm64')],
  ['mach-o', Buffer.from('cafebabe00000002', 'hex'), host('darwin', 'arm64')],
  ['unknown-format', Buffer.from('cafebabe00000034', 'hex'), host('darwin', 'arm64')],
  ['pe', peHeader(), host('win32', 'x64')],
  ['other-machine', peHeader(), host('linux', 'x64')],
  ['unknown-format', Buffer.from('MZ, a text that begins like a Windows program'), host('linux', 'x64')],
  ['unknown-format', Buffer.from('#!/bin/sh\n'), host('win32', 'x64')],
] as [string, Buffer, HostMachine][])('%s: %#', async (expected, start, machine) => {
  const judged = await judgeFormat('/plugin', start, machine);
  expect('format' in judged ? judged.format : judged.reason).toBe(expected);
});

test('a loader is looked for where the program header says', async () => {
  const machine = { x64: X86_64, arm64: AARCH64 }[process.arch as string] ?? X86_64;
  const linux = host('linux', machine === X86_64 ? 'x64' : 'arm64');
  expect(await judgeFormat('/plugin', elfWithLoader(machine, process.execPath), linux)).toEqual({
    format: 'elf',
    interpreter: process.execPath,
  });
  expect(await judgeFormat('/plugin', elfWithLoader(machine, '/lib/ld-musl.so.1'), linux)).toMatchObject({
    reason: 'interpreter-missing',
    detail: expect.stringContaining('/lib/ld-musl.so.1') as unknown,
  });
});

test('no bytes make the ELF reader throw or loop', () => {
  const magic = fc.constant(Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
  const header = fc.tuple(magic, fc.uint8Array({ maxLength: 400 })).map((parts) => Buffer.concat(parts));
  fc.assert(
    fc.property(header, (start) => {
      const elf = readElfHeader(start);
      expect(elf === undefined).toBe(start.length < (start[4] === 2 ? 64 : 52));
    }),
  );
});

test('binfmt_misc handlers are obeyed as the kernel obeys them', () => {
  const folder = mkdtempSync(join(tmpdir(), 'binfmt-'));
  const handler = (lines: string[]): string => `${lines.join('\n')}\n`;
  try {
    const qemu = [
      'enabled',
      'interpreter /usr/bin/qemu-aarch64',
      'flags: F',
      'offset 18',
      'magic b700',
      'mask fdff',
    ];
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'register'), '');
    writeFileSync(join(folder, 'qemu-aarch64'), handler(qemu));
    writeFileSync(
      join(folder, 'jar'),
      handler(['enabled', 'interpreter /usr/bin/jexec', 'flags: ', 'extension .jar']),
    );
    writeFileSync(
      join(folder, 'wine'),
      handler(['disabled', 'interpreter /usr/bin/wine', 'offset 0', 'magic 4d5a']),
    );
    const interpreter = (path: string, start: Buffer): string | undefined =>
      binfmtInterpreter(path, start, folder);

    writeFileSync(join(folder, 'status'), 'enabled\n');
    expect(interpreter('/plugin', elfHeader({ machine: AARCH64 }))).toBe('/usr/bin/qemu-aarch64');
    expect(interpreter('/plugin', elfHeader({ machine: AARCH64 | 2 }))).toBe('/usr/bin/qemu-aarch64');
    expect(interpreter('/plugin', elfHeader({ machine: AARCH64 & ~1 }))).toBe(undefined);
    expect(interpreter('/plugin', Buffer.from('short'))).toBe(undefined);
    expect(interpreter('/plugin.jar', Buffer.from('PK'))).toBe('/usr/bin/jexec');
    expect(interpreter('/plugin', peHeader())).toBe(undefined);

    writeFileSync(join(folder, 'status'), 'disabled\n');
    expect(interpreter('/plugin.jar', Buffer.from('PK'))).toBe(undefined);
    expect(binfmtInterpreter('/plugin.jar', Buffer.from('PK'), '/nowhere')).toBe(undefined);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
