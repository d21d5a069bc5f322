import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';

import { quote } from '../quote.js';
import { binfmtInterpreter } from './binfmt.js';
import { ELF_MAGIC, isElfProgram, readElfHeader, whyNotThisElf } from './elf.js';
import type { ExecutableFormat, UnusableReason } from './executable.js';
import { describeMachine, thisMachine, type HostMachine } from './host-machine.js';
import { readShebang } from './shebang.js';

export type JudgedFormat =
  | { readonly format: ExecutableFormat; readonly interpreter?: string }
  | { readonly reason: UnusableReason; readonly detail: string };

/** mach-o/loader.h and mach-o/fat.h: MH_MAGIC, MH_MAGIC_64 in both byte orders, FAT_MAGIC, FAT_MAGIC_64. */
const MACH_O_MAGICS = new Set(['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', 'cafebabf']);
/** A Java class also begins with cafebabe; its version follows, 45 or more, where a fat binary counts machines. */
const MAX_FAT_MACHINES = 44;
/** The DOS header's e_lfanew: where the PE signature is (the PE format specification, section "MS-DOS stub"). */
const PE_SIGNATURE_POINTER = 0x3c;

/** Tells from a file's first bytes whether execve would take it on the given machine. */
export async function judgeFormat(path: string, start: Buffer, host = thisMachine): Promise<JudgedFormat> {
  const foreign = host.platform === 'linux' ? binfmtInterpreter(path, start) : undefined;
  if (foreign !== undefined) return { format: foreignFormat(start), interpreter: foreign };

  const shebang = readShebang(start);
  if (shebang !== undefined) return judgeScript(path, shebang, host);
  if (start.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC)) return judgeElf(path, start, host);
  if (isMachO(start))
    return judgeNative(path, 'mach-o', 'a Mach-O program for macOS', host.platform === 'darwin', host);
  if (isPe(start)) return judgeNative(path, 'pe', 'a Windows program', host.platform === 'win32', host);
  return {
    reason: 'unknown-format',
    detail:
      start.length === 0
        ? `${path} is empty; build the plugin again.`
        : `${path} begins with ${quote(start.toString('latin1', 0, 16))}, which is neither a program nor a script that starts with #!; a host executes it directly, without a shell, so build it, or give a script a first line such as #!/bin/sh.`,
  };
}

async function judgeScript(path: string, interpreter: string, host: HostMachine): Promise<JudgedFormat> {
  if (host.platform === 'win32') {
    return {
      reason: 'unknown-format',
      detail: `${path} is a #! script, which Windows cannot execute; name an .exe.`,
    };
  }
  if (await isRunnable(interpreter)) return { format: 'script', interpreter };
  const hint = interpreter.endsWith('\r')
    ? 'its lines end in CRLF, so save it with LF'
    : 'install the interpreter, or correct the first line';
  const shown = quote(interpreter);
  return {
    reason: 'interpreter-missing',
    detail: `${path} asks for the interpreter ${shown}, which is not an executable file with an absolute path; ${hint}.`,
  };
}

async function judgeElf(path: string, start: Buffer, host: HostMachine): Promise<JudgedFormat> {
  const elf = readElfHeader(start);
  if (elf === undefined || !isElfProgram(elf)) {
    const what =
      elf === undefined ? 'the beginning of an ELF file' : `an ELF file of type ${elf.type}, not a program`;
    return { reason: 'unknown-format', detail: `${path} is ${what}; build and link the plugin again.` };
  }
  const mismatch = whyNotThisElf(elf, host);
  if (mismatch !== undefined) return otherMachine(path, mismatch, host);
  if (elf.interpreter === undefined) return { format: 'elf' };
  if (await isRunnable(elf.interpreter)) return { format: 'elf', interpreter: elf.interpreter };
  return {
    reason: 'interpreter-missing',
    detail: `${path} is linked for the loader ${elf.interpreter}, which this system does not have (glibc and musl differ here); link it statically (CGO_ENABLED=0) or build it for this system.`,
  };
}

function judgeNative(
  path: string,
  format: ExecutableFormat,
  what: string,
  native: boolean,
  host: HostMachine,
): JudgedFormat {
  return native ? { format } : otherMachine(path, what, host);
}

function otherMachine(path: string, what: string, host: HostMachine): JudgedFormat {
  return {
    reason: 'other-machine',
    detail: `${path} is ${what}, and this is ${describeMachine(host)}; build it for this machine (GOOS and GOARCH).`,
  };
}

function isMachO(start: Buffer): boolean {
  const magic = start.toString('hex', 0, 4);
  if (!MACH_O_MAGICS.has(magic)) return false;
  return !magic.startsWith('cafe') || (start.length >= 8 && start.readUInt32BE(4) <= MAX_FAT_MACHINES);
}

function isPe(start: Buffer): boolean {
  if (start.toString('latin1', 0, 2) !== 'MZ' || start.length < PE_SIGNATURE_POINTER + 4) return false;
  const at = start.readUInt32LE(PE_SIGNATURE_POINTER);
  return start.toString('latin1', at, at + 4) === 'PE\0\0';
}

function foreignFormat(start: Buffer): ExecutableFormat {
  if (start.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC)) return 'elf';
  if (isMachO(start)) return 'mach-o';
  return isPe(start) ? 'pe' : 'script';
}

async function isRunnable(path: string): Promise<boolean> {
  // The kernel takes a relative interpreter from the new process's cwd, which is always a fresh folder.
  if (!isAbsolute(path) || path.includes('\0')) return false;
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
