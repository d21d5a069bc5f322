/** `BINPRM_BUF_SIZE`, linux/include/uapi/linux/binfmts.h: the kernel looks at no more of a file than this. */
const KERNEL_LOOKS_AT_BYTES = 256;

/**
 * The interpreter in a script's first line, read as Linux does in fs/binfmt_script.c: up to the first blank,
 * within the first 256 bytes. A carriage return belongs to the name, which is why scripts with CRLF fail.
 *
 * @returns undefined when the file does not begin with `#!`; '' when the line names nothing that would be run.
 */
export function readShebang(start: Buffer): string | undefined {
  if (start.toString('latin1', 0, 2) !== '#!') return undefined;
  const text = start.toString('utf8', 2, KERNEL_LOOKS_AT_BYTES).replace(/^[ \t]+/, '');
  const end = text.search(/[ \t\n\0]/);
  if (end !== -1) return text.slice(0, end);
  return start.length < KERNEL_LOOKS_AT_BYTES ? text : '';
}
