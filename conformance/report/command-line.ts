import { escapeControls } from '../../harness/quote.js';

/** Characters that mean nothing to a shell. */
const HARMLESS = /^[A-Za-z0-9_./:@%+,-][A-Za-z0-9_./:=@%+,-]*$/;

/** Words as one command line that a shell (bash, zsh, any POSIX.1-2024 shell) reads as these very words. */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

function shellWord(word: string): string {
  if (HARMLESS.test(word)) return word;
  if (escapeControls(word) === word) return `'${word.replaceAll("'", String.raw`'\''`)}'`;
  return `$'${word.replaceAll(/./gsu, escaped)}'`;
}

/** A character within $'…': what could fool a terminal, byte by byte in UTF-8. */
function escaped(char: string): string {
  if (char === "'" || char === '\\') return `\\${char}`;
  if (escapeControls(char) === char) return char;
  return [...Buffer.from(char)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
