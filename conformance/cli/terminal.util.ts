import { spawnSync } from 'node:child_process';
import { execa } from 'execa';
import { cleanEnvironment, expectNothingLeft, MAIN } from './cli.util.js';

/** util-linux's script, which takes a command with -c; elsewhere python3 has the like. */
const hasScript = spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0;

/** Runs iglu-conformance on a terminal of so many columns. @returns all that went to the terminal */
export async function onTerminal(
  args: readonly string[],
  {
    columns = 80,
    env = {},
  }: { readonly columns?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly exitCode: number | undefined; readonly output: string }> {
  const words = [process.execPath, MAIN, ...args].map(
    (word) => `'${word.replaceAll("'", String.raw`'\''`)}'`,
  );
  const command = `stty cols ${columns} rows 40; exec ${words.join(' ')}`;
  const own = cleanEnvironment();
  const [file, ...rest] = hasScript
    ? ['script', '-qec', command, '/dev/null']
    : ['python3', '-c', PYTHON, '/bin/sh', '-c', command];
  const { exitCode, stdout } = await execa(file, rest, {
    env: { ...own, SHELL: '/bin/sh', TERM: 'xterm-256color', ...env },
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
  });
  expectNothingLeft(own.TMPDIR);
  return { exitCode, output: stdout };
}

const PYTHON = 'import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))';

/** The lines that a terminal shows in the end: carriage returns, erased lines and colours carried out. */
export function screenOf(output: string): string[] {
  const lines: string[] = [''];
  let column = 0;
  // oxlint-disable-next-line no-control-regex
  for (const [token] of output.matchAll(/\u001b\[[\d;?]*[A-Za-z]|[^]/gu)) {
    const line = lines.at(-1) ?? '';
    if (token === '\n') lines.push('');
    else if (token === '\r') column = 0;
    else if (token === '\u001b[2K') lines[lines.length - 1] = '';
    else if (!token.startsWith('\u001b')) {
      lines[lines.length - 1] = line.slice(0, column).padEnd(column) + token + line.slice(column + 1);
      column += 1;
    }
  }
  return lines;
}
