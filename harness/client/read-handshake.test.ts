import { expect, onTestFinished, test } from 'vitest';

import { HandshakeError, MAX_STDOUT_LINE_BYTES, type Handshake } from '../handshake/index.js';
import { launchNode, launchShell } from '../launch/test/programs.util.js';
import type { LaunchedProcess } from '../launch/index.js';
import { readHandshake } from './read-handshake.js';

const PATIENT_MS = 20_000;
const LINE = '1|1|unix|/tmp/p|netrpc';

const read = (process: LaunchedProcess, timeoutMs = PATIENT_MS): Promise<Handshake> =>
  readHandshake(
    process,
    { versions: [1], protocols: ['netrpc'], multiplex: false, autoMtls: false, cwd: '/tmp' },
    timeoutMs,
  );

async function refusal(process: LaunchedProcess, timeoutMs?: number): Promise<HandshakeError> {
  const error = await read(process, timeoutMs).catch((caught: unknown) => caught);
  if (error instanceof HandshakeError) return error;
  throw new Error(`no HandshakeError: ${JSON.stringify(error)}`);
}

test.each([
  ['a line', `echo '${LINE}'; exec sleep 60`],
  ['a line with more behind it', `printf '${LINE}\\nmore\\nand more'; exec sleep 60`],
  [
    'a line in pieces',
    `printf '1|1|un'; sleep 0.05; printf 'ix|/tmp/p'; sleep 0.05; printf '|netrpc\\n'; exec sleep 60`,
  ],
  ['CRLF', `printf '${LINE}\\r\\n'; exec sleep 60`],
  ['a line from a program that has ended', `echo '${LINE}'`],
  ['a line without its line feed at the end of stdout', `printf '${LINE}'`],
  [
    'a line without its line feed from one that closes its stdout',
    `printf '${LINE}'; exec >&-; exec sleep 60`,
  ],
  ['a line without its line feed, while a child holds stdout', `printf '${LINE}'; sleep 60 & exit 0`],
])('%s', async (_, script) => {
  expect(await read(await launchShell(script))).toMatchObject({ line: LINE, protocol: 'netrpc' });
});

test('a line that is read after it came', async () => {
  const process = await launchShell(`echo '${LINE}'`);
  await process.outputClosed;
  expect((await read(process)).line).toBe(LINE);
});

test.each([
  ['exits with 0', 'exit 0', 'exited with code 0'],
  ['exits with 3', 'exit 3', 'exited with code 3'],
  ['is ended by a signal', 'kill -9 $$', 'was ended by SIGKILL'],
  ['closes its stdout', 'exec >&-; exec sleep 60', 'closed its stdout'],
  ['exits while a child holds stdout', 'sleep 60 & exit 4', 'exited with code 4'],
])('no line from a program that %s', async (_, script, says) => {
  const error = await refusal(await launchShell(script));
  expect(error).toMatchObject({ code: 'HANDSHAKE_NO_LINE', field: 'line', line: undefined });
  expect(error.message).toContain(says);
});

test('the last words of a program on stderr are there by then', async () => {
  const process = await launchShell('exec >&-; sleep 0.2; echo why >&2; exit 1');
  expect((await refusal(process)).code).toBe('HANDSHAKE_NO_LINE');
  expect(process.stderr.text()).toBe('why\n');
});

test('a handshake on stderr, from a program that ends', async () => {
  const error = await refusal(await launchShell(`echo '${LINE}' >&2`));
  expect(error).toMatchObject({ code: 'HANDSHAKE_NO_LINE' });
  expect(error.hint).toContain('a handshake line on stderr: print it on stdout');
});

test.each([
  ['nothing', 'exec sleep 60', undefined, 'Listen and print the handshake first'],
  ['half a line', `printf '1|1|unix'; exec sleep 60`, '1|1|unix', 'End the line with a newline and flush'],
  ['a line on stderr', `echo '${LINE}' >&2; exec sleep 60`, undefined, 'a handshake line on stderr'],
])('%s in the time there is', async (_, script, line, hint) => {
  const error = await refusal(await launchShell(script), 1_500);
  expect(error).toMatchObject({ code: 'HANDSHAKE_TIMEOUT', line });
  expect(error.hint).toContain(hint);
  expect(error.message).toContain('within 1500 ms');
});

test('an empty line is the first line', async () => {
  const error = await refusal(await launchShell(`echo; echo '${LINE}'; exec sleep 60`));
  expect(error).toMatchObject({ code: 'HANDSHAKE_UNRECOGNIZED', line: '' });
});

// bufio.Scanner wants the line with its line feed in 64 KiB; see the oracle of harness/handshake.
test.each([
  ['as long as a scanner takes', MAX_STDOUT_LINE_BYTES - 1, 'HANDSHAKE_ADDRESS'],
  ['one byte longer', MAX_STDOUT_LINE_BYTES, 'HANDSHAKE_LINE_TOO_LONG'],
])('a line %s', async (_, length, code) => {
  const line = `'1|1|unix|/'.padEnd(${length}, 'p')`;
  const error = await refusal(await launchNode(`console.log(${line}); setTimeout(() => {}, 60_000)`));
  expect(error).toMatchObject({ code });
  expect(error.message.length).toBeLessThan(800);
});

test('a line that never ends is not waited for, nor kept', async () => {
  const process = await launchNode(
    `const { writeSync } = require('node:fs'); for (let n = 0; n < 1000; n++) writeSync(1, 'x'.repeat(10_000)); setTimeout(() => {}, 60_000)`,
  );
  const error = await refusal(process);
  expect(error.code).toBe('HANDSHAKE_LINE_TOO_LONG');
  expect(error.line).toHaveLength(MAX_STDOUT_LINE_BYTES);
});

test('bytes that are not UTF-8', async () => {
  const error = await refusal(await launchShell(`printf '\\377\\376\\n'; exec sleep 60`));
  expect(error).toMatchObject({ code: 'HANDSHAKE_UNRECOGNIZED', line: '\ufffd\ufffd' });
});

test('nothing of it is left when it is over', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const started = await launchShell(`echo '${LINE}'; exec sleep 60`);
  onTestFinished(async () => void (await started.end()));
  const before = timers();
  await read(started);
  // Others of this process may end meanwhile; none may be added.
  expect(timers()).toBeLessThanOrEqual(before);
});
