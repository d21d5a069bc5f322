export type ExecutableFormat = 'elf' | 'mach-o' | 'pe' | 'script';

export interface RunnableExecutable {
  readonly ok: true;
  /** Absolute. */
  readonly path: string;
  readonly format: ExecutableFormat;
  /** A script's `#!`, an ELF program's dynamic loader, or the binfmt_misc handler. */
  readonly interpreter?: string;
  /** Hex, of the whole file; absent when the file is larger than 4 GiB. */
  readonly sha256?: string;
}

export type UnusableReason =
  | 'missing'
  | 'not-a-file'
  | 'directory'
  | 'not-executable'
  | 'unknown-format'
  | 'other-machine'
  | 'interpreter-missing'
  | 'unreadable';

export interface UnusableExecutable {
  readonly ok: false;
  /** Absolute. */
  readonly path: string;
  readonly reason: UnusableReason;
  /** One sentence: what was found, and what to do about it. */
  readonly detail: string;
}

export type ExecutableInspection = RunnableExecutable | UnusableExecutable;
