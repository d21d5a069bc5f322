import type { HostMachine } from './host-machine.js';

/** The first four bytes of every ELF file: e_ident[EI_MAG0..EI_MAG3], elf(5). */
export const ELF_MAGIC = Buffer.from([0x7f, 0x45, 0x4c, 0x46]);

/** What the header of an ELF file says about where it can run. Field names are those of elf(5). */
export interface ElfHeader {
  readonly bits: 32 | 64;
  readonly littleEndian: boolean;
  /** e_type: 2 is ET_EXEC, 3 is ET_DYN (position-independent programs, and shared libraries). */
  readonly type: number;
  /** e_machine. */
  readonly machine: number;
  /** The program interpreter, such as `/lib64/ld-linux-x86-64.so.2`; absent in a static program. */
  readonly interpreter?: string;
}

/** e_ident[EI_CLASS] and e_ident[EI_DATA]. */
const EI_CLASS = 4;
const EI_DATA = 5;
const ELFCLASS64 = 2;
const ELFDATA2MSB = 2;
const ET_EXEC = 2;
const ET_DYN = 3;
const PT_INTERP = 3;
/** sizeof(Elf32_Ehdr) and sizeof(Elf64_Ehdr). */
const HEADER_BYTES = { 32: 52, 64: 64 } as const;

const MACHINE_NAMES: Readonly<Record<number, string>> = {
  3: 'x86',
  8: 'MIPS',
  20: 'PowerPC',
  21: 'PowerPC 64',
  22: 's390',
  40: 'ARM',
  62: 'x86-64',
  183: 'AArch64',
  243: 'RISC-V',
  258: 'LoongArch',
};

/** The e_machine values that a processor may run; the older, narrower ones are the kernel's to refuse. */
const RUNNABLE: Readonly<Partial<Record<NodeJS.Architecture, readonly number[]>>> = {
  ia32: [3, 62],
  x64: [62, 3],
  arm: [40, 183],
  arm64: [183, 40],
  mips: [8],
  mipsel: [8],
  ppc64: [21, 20],
  s390x: [22],
  riscv64: [243],
  loong64: [258],
};

/** Reads an ELF header from the first bytes of a file; undefined when they are too few or not ELF. */
export function readElfHeader(start: Buffer): ElfHeader | undefined {
  if (start.length < HEADER_BYTES[32] || !start.subarray(0, ELF_MAGIC.length).equals(ELF_MAGIC))
    return undefined;
  const bits = start[EI_CLASS] === ELFCLASS64 ? 64 : 32;
  if (start.length < HEADER_BYTES[bits]) return undefined;
  const littleEndian = start[EI_DATA] !== ELFDATA2MSB;
  const interpreter = readInterpreter(start, bits, littleEndian);
  return {
    bits,
    littleEndian,
    type: readNumber(start, 16, 2, littleEndian),
    machine: readNumber(start, 18, 2, littleEndian),
    ...(interpreter === undefined ? {} : { interpreter }),
  };
}

/** Says in one clause why this machine cannot execute it; undefined when it can, or when that is unknown. */
export function whyNotThisElf(elf: ElfHeader, host: HostMachine): string | undefined {
  const name = MACHINE_NAMES[elf.machine] ?? `machine number ${elf.machine}`;
  const what = `a ${elf.bits}-bit ${elf.littleEndian ? 'little' : 'big'}-endian ELF program for ${name}`;
  if (host.platform === 'win32' || host.platform === 'darwin')
    return `${what}, which ${host.platform} cannot execute`;
  const runnable = RUNNABLE[host.arch];
  if (runnable === undefined) return undefined;
  return runnable.includes(elf.machine) && elf.littleEndian === host.littleEndian ? undefined : what;
}

export function isElfProgram(elf: ElfHeader): boolean {
  return elf.type === ET_EXEC || elf.type === ET_DYN;
}

/** Walks the program headers as far as `start` reaches, for the path in the PT_INTERP segment. */
function readInterpreter(start: Buffer, bits: 32 | 64, littleEndian: boolean): string | undefined {
  const field = (offset32: number, offset64: number, narrow: number, wide: number): number =>
    bits === 64
      ? readNumber(start, offset64, wide, littleEndian)
      : readNumber(start, offset32, narrow, littleEndian);
  const tableOffset = field(28, 32, 4, 8);
  const entryBytes = field(42, 54, 2, 2);
  const entries = field(44, 56, 2, 2);
  for (let index = 0; index < entries; index += 1) {
    const entry = tableOffset + index * entryBytes;
    if (entryBytes === 0 || entry + entryBytes > start.length) return undefined;
    if (readNumber(start, entry, 4, littleEndian) !== PT_INTERP) continue;
    const offset = field(entry + 4, entry + 8, 4, 8);
    const bytes = field(entry + 16, entry + 32, 4, 8);
    if (offset + bytes > start.length) return undefined;
    const path = start.toString('latin1', offset, offset + bytes);
    return path.replace(/\0.*$/s, '') || undefined;
  }
  return undefined;
}

/** An unsigned field; 0 where it lies outside of the bytes at hand, infinite offsets included. */
function readNumber(start: Buffer, offset: number, bytes: number, littleEndian: boolean): number {
  if (!Number.isSafeInteger(offset) || offset + bytes > start.length) return 0;
  const digits = [...start.subarray(offset, offset + bytes)];
  if (littleEndian) digits.reverse();
  return digits.reduce((sum, digit) => sum * 256 + digit, 0);
}
