import type { Readable } from 'node:stream';
import { MAX_STDOUT_LINE_BYTES } from '../../handshake/constants.js';
import { readHandshakeLine, type ReadLine } from './handshake-line.js';

const NEWLINE = 0x0a;

/**
 * Passes on a plugin's stdout, all of it as it is, save that its first line, when it is a handshake, is given to
 * someone who passes it on in his own way and time; what comes after it waits for that.
 */
export class PluginOutput {
  /** All that the plugin wrote was passed on, and it will write no more. */
  readonly finished: Promise<void>;
  #resolveFinished: () => void = () => {};
  readonly #from: Readable;
  readonly #to = process.stdout;
  readonly #onHandshake: (line: ReadLine, pass: (line: string) => void) => void;
  #start: Buffer | undefined = Buffer.alloc(0);
  #isWaiting = false;
  #hasEnded = false;

  constructor(from: Readable, onHandshake: (line: ReadLine, pass: (line: string) => void) => void) {
    this.#from = from;
    this.#onHandshake = onHandshake;
    this.finished = new Promise((resolve) => (this.#resolveFinished = resolve));
    from
      .on('data', (chunk: Buffer) => this.#read(chunk))
      .on('error', () => {})
      .on('close', () => this.#ended());
    this.#to
      .on('drain', () => from.resume())
      // Nobody reads what the plugin writes, as it shall notice.
      .on('error', () => from.destroy());
  }

  #read(chunk: Buffer): void {
    if (this.#start === undefined) return this.#pass(chunk);
    this.#start = Buffer.concat([this.#start, chunk]);
    const end = this.#start.indexOf(NEWLINE);
    if (end >= 0 || this.#start.length > MAX_STDOUT_LINE_BYTES) this.#begin(this.#start, end);
  }

  /** @param end - where the first line ends; -1 when it does not */
  #begin(bytes: Buffer, end: number): void {
    this.#start = undefined;
    const line = end < 0 ? bytes : bytes.subarray(0, end);
    const handshake = line.length > MAX_STDOUT_LINE_BYTES ? undefined : readHandshakeLine(line.toString());
    if (!handshake) return this.#pass(bytes);
    this.#isWaiting = true;
    this.#from.pause();
    this.#onHandshake(handshake, (text) => {
      this.#isWaiting = false;
      this.#from.resume();
      this.#pass(Buffer.concat([Buffer.from(text), bytes.subarray(line.length)]));
      if (this.#hasEnded) this.#ended();
    });
  }

  #pass(bytes: Buffer): void {
    if (!this.#to.write(bytes)) this.#from.pause();
  }

  #ended(): void {
    this.#hasEnded = true;
    // As for Go's scanner, the last line need not have an end.
    if (this.#start && this.#start.length > 0) this.#begin(this.#start, -1);
    if (this.#isWaiting) return;
    this.#to.write('', () => this.#resolveFinished());
  }
}
