import {
  HandshakeError,
  MAX_STDOUT_LINE_BYTES,
  parseHandshake,
  type Handshake,
  type HandshakeExpectations,
} from '../handshake/index.js';
import type { LaunchedProcess } from '../launch/index.js';

const NEWLINE = 0x0a;

/** How long after the process's end its output may still be on the way, in ms. */
const DRAIN_MS = 250;

/**
 * Reads the first line of a plugin's stdout as a host's scanner does and parses it.
 *
 * @throws HandshakeError also when there is no line: time ran out, the process ended, or the line never does.
 */
export async function readHandshake(
  process: LaunchedProcess,
  expect: HandshakeExpectations,
  timeoutMs: number,
): Promise<Handshake> {
  return parseHandshake(await readFirstLine(process, timeoutMs), expect);
}

function readFirstLine(process: LaunchedProcess, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    let settled = false;
    let unsubscribe = (): void => {};
    const text = (): string => Buffer.concat(parts).toString('utf8');
    const finish = (outcome: string | HandshakeError): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      unsubscribe();
      if (typeof outcome === 'string') resolve(outcome.replace(/\r$/, ''));
      else reject(outcome);
    };
    const onEnd = (): void => {
      // At the end of stdout a scanner takes what is left as a line.
      if (length > 0) finish(text());
      else finish(noLine(process));
    };
    const timer = setTimeout(() => {
      finish(tooLate(timeoutMs, length > 0 ? text() : undefined, process));
    }, timeoutMs);

    unsubscribe = process.stdout.onChunk((chunk) => {
      if (settled) return;
      const end = chunk.indexOf(NEWLINE);
      const piece = end < 0 ? chunk : chunk.subarray(0, end);
      if (length + piece.length >= MAX_STDOUT_LINE_BYTES) {
        parts.push(piece.subarray(0, Math.max(0, MAX_STDOUT_LINE_BYTES - length)));
        finish(tooLong(text()));
        return;
      }
      parts.push(piece);
      length += piece.length;
      if (end >= 0) finish(text());
    });
    void process.outputClosed.then(onEnd);
    // A grandchild may hold stdout open: the plugin's own end is enough, once what it wrote has arrived.
    void process.exit.then(() => setTimeout(onEnd, DRAIN_MS));
  });
}

function noLine(process: LaunchedProcess): HandshakeError {
  const status = process.exited;
  const how =
    status === undefined
      ? 'closed its stdout'
      : status.signal
        ? `was ended by ${status.signal}`
        : `exited with code ${status.code}`;
  return new HandshakeError({
    code: 'HANDSHAKE_NO_LINE',
    field: 'line',
    problem: `The program ${how} and printed no line on stdout.`,
    hint: 'A plugin prints its handshake line as soon as it listens. What it wrote on stderr may tell why it did not get there.',
  });
}

function tooLate(timeoutMs: number, partial: string | undefined, process: LaunchedProcess): HandshakeError {
  const onStderr = /^\d+\|\d+\|(?:unix|tcp)\|/m.test(process.stderr.text());
  const hint = onStderr
    ? 'There is a handshake line on stderr: print it on stdout.'
    : partial === undefined
      ? 'Listen and print the handshake first, then do slow work. Is this a go-plugin plugin at all?'
      : 'End the line with a newline and flush stdout.';
  return new HandshakeError({
    code: 'HANDSHAKE_TIMEOUT',
    field: 'line',
    problem: `No whole line came on stdout within ${timeoutMs} ms.`,
    hint,
    line: partial,
  });
}

function tooLong(line: string): HandshakeError {
  return new HandshakeError({
    code: 'HANDSHAKE_LINE_TOO_LONG',
    field: 'line',
    problem: `The first line of stdout is longer than ${MAX_STDOUT_LINE_BYTES} bytes: a host’s scanner gives up on it and never reads stdout again.`,
    hint: 'Print nothing on stdout before the handshake line.',
    line,
  });
}
