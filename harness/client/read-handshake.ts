import {
  HandshakeError,
  MAX_STDOUT_LINE_BYTES,
  parseHandshake,
  type Handshake,
  type HandshakeExpectations,
} from '../handshake/index.js';
import type { LaunchedProcess } from '../launch/index.js';

const NEWLINE = 0x0a;

/** How long after the process's end its output may still be on the way, or the other way round, in ms. */
const DRAIN_MS = 500;

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
    const line = new FirstLine();
    const timers: NodeJS.Timeout[] = [];
    let settled = false;
    let unsubscribe = (): void => {};
    const stop = (): void => {
      settled = true;
      for (const timer of timers) clearTimeout(timer);
      unsubscribe();
    };
    const soonEnd = (): void => {
      if (!settled) timers.push(setTimeout(onEnd, DRAIN_MS));
    };
    const fail = (error: HandshakeError): void => {
      stop();
      reject(error);
    };
    // At the end of stdout a scanner takes what is left as a line.
    const onEnd = (): void => {
      stop();
      if (line.text === '') reject(noLine(process));
      else resolve(line.text);
    };
    timers.push(setTimeout(() => fail(tooLate(timeoutMs, line.text, process)), timeoutMs));
    unsubscribe = process.stdout.onChunk((chunk) => {
      const state = line.push(chunk);
      if (state === 'too-long') {
        fail(tooLong(line.text));
      } else if (state === 'whole') {
        stop();
        resolve(line.text);
      }
    });
    // They come in any order, and stderr has what there is to be told; but a grandchild may hold both open for ever.
    void process.exit.then(soonEnd);
    void process.stdout.end.then(soonEnd);
    void Promise.all([process.exit, process.outputClosed]).then(onEnd);
  });
}

/** A line as bufio.Scanner reads it: with its line feed it has to fit 64 KiB. */
class FirstLine {
  readonly #parts: Buffer[] = [];
  #length = 0;

  /** The bytes that came, as UTF-8. */
  get text(): string {
    return Buffer.concat(this.#parts).toString();
  }

  push(chunk: Buffer): 'partial' | 'whole' | 'too-long' {
    const end = chunk.indexOf(NEWLINE);
    const piece = end < 0 ? chunk : chunk.subarray(0, end);
    const room = MAX_STDOUT_LINE_BYTES - this.#length;
    this.#parts.push(piece.subarray(0, room));
    this.#length += piece.length;
    if (piece.length >= room) return 'too-long';
    return end < 0 ? 'partial' : 'whole';
  }
}

function noLine(process: LaunchedProcess): HandshakeError {
  const status = process.exited;
  const exited = status?.signal ? `was ended by ${status.signal}` : `exited with code ${status?.code}`;
  return new HandshakeError({
    code: 'HANDSHAKE_NO_LINE',
    problem: `The program ${status ? exited : 'closed its stdout'} and printed no line on stdout.`,
    hint: `A plugin prints its handshake line as soon as it listens. ${onStderr(process) ?? 'What it wrote on stderr may tell why it did not get there.'}`,
  });
}

function tooLate(timeoutMs: number, partial: string, process: LaunchedProcess): HandshakeError {
  const cause =
    partial === ''
      ? 'Listen and print the handshake first, then do slow work. Is this a go-plugin plugin at all?'
      : 'End the line with a newline and flush stdout.';
  return new HandshakeError({
    code: 'HANDSHAKE_TIMEOUT',
    problem: `No whole line came on stdout within ${timeoutMs} ms.`,
    hint: onStderr(process) ?? cause,
    line: partial === '' ? undefined : partial,
  });
}

/** The likely cause where the handshake went the wrong way. */
function onStderr({ stderr }: LaunchedProcess): string | undefined {
  const found = /^\d+\|\d+\|(?:unix|tcp)\|/m.test(stderr.text());
  return found ? 'There is a handshake line on stderr: print it on stdout.' : undefined;
}

function tooLong(line: string): HandshakeError {
  return new HandshakeError({
    code: 'HANDSHAKE_LINE_TOO_LONG',
    problem: `The first line of stdout is longer than ${MAX_STDOUT_LINE_BYTES - 1} bytes: a host’s scanner gives up on it and never reads stdout again.`,
    hint: 'Print nothing on stdout before the handshake line.',
    line,
  });
}
