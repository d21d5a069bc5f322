import { setTimeout as delay } from 'node:timers/promises';
import type { LaunchedProcess } from '../../harness/launch/index.js';
import { quote } from '../../harness/quote.js';
import { AdapterError } from './adapter-error.js';

/** How much of a line is taken in, in bytes: a reply of a plugin stands in one. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** How soon after the end of its stdout a process that ends has ended, in ms. */
const EXIT_MS = 500;

const LINE_FEED = 0x0a;

interface Pending {
  readonly method: string;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: AdapterError) => void;
  readonly timer: NodeJS.Timeout;
}

/** The asking end of JSON-RPC 2.0 over a process's stdin and stdout, one document a line. */
export class JsonRpcClient {
  /** What stood on stdout and was no JSON-RPC, cut. */
  readonly strange: string[] = [];
  readonly #process: LaunchedProcess;
  readonly #pending = new Map<number, Pending>();
  readonly #onNotification: (method: string, params: unknown) => void;
  #rest: Buffer[] = [];
  #restBytes = 0;
  #lastId = 0;
  #gone: AdapterError | undefined;

  constructor(process: LaunchedProcess, onNotification: (method: string, params: unknown) => void) {
    this.#process = process;
    this.#onNotification = onNotification;
    process.stdout.onChunk((chunk) => this.#push(chunk));
    // A process that ends closes its stdout first; that it has ended says more.
    void process.stdout.end
      .then(() => Promise.race([process.exit, delay(EXIT_MS)]))
      .then(() => this.#lose('closed its stdout'));
    void process.exit.then(({ code, signal }) =>
      this.#lose(signal === null ? `exited with code ${code}` : `was ended by ${signal}`),
    );
  }

  /** The host can still be asked. */
  get alive(): boolean {
    return this.#gone === undefined;
  }

  /**
   * @throws AdapterError ADAPTER_REFUSED when the host answers with an error, ADAPTER_TIMEOUT, ADAPTER_GONE,
   *   ADAPTER_PROTOCOL when it answers with neither
   */
  request(method: string, params: object, timeoutMs: number): Promise<unknown> {
    if (this.#gone) return Promise.reject(this.#gone);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#pending.delete(id);
        reject(
          new AdapterError('ADAPTER_TIMEOUT', `The host has not answered ${method} within ${timeoutMs} ms.`),
        );
      }, timeoutMs);
      this.#pending.set(id, { method, resolve, reject, timer });
      this.#process.input.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    });
  }

  #push(chunk: Buffer): void {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, from)) {
      this.#keep(chunk.subarray(from, end));
      this.#onLine(Buffer.concat(this.#rest).toString());
      this.#rest = [];
      this.#restBytes = 0;
      from = end + 1;
    }
    this.#keep(chunk.subarray(from));
  }

  #keep(part: Buffer): void {
    this.#restBytes += part.length;
    if (this.#restBytes <= MAX_LINE_BYTES) this.#rest.push(part);
    else this.#lose(`wrote a line of more than ${MAX_LINE_BYTES} bytes to stdout`, 'ADAPTER_PROTOCOL');
  }

  #onLine(line: string): void {
    if (line.trim() === '') return;
    const message = parsed(line);
    const id = message?.['id'];
    if (message?.['jsonrpc'] !== '2.0') this.#wonder(line);
    else if (typeof message['method'] === 'string')
      this.#onNotification(message['method'], message['params']);
    else if (typeof id === 'number' && this.#pending.has(id)) this.#onAnswer(id, message);
    else if (typeof id !== 'number' || id > this.#lastId) this.#wonder(line);
  }

  #onAnswer(id: number, message: Readonly<Record<string, unknown>>): void {
    const { method, resolve, reject, timer } = this.#pending.get(id) as Pending;
    this.#pending.delete(id);
    clearTimeout(timer);
    const error = message['error'] as { code?: unknown; message?: unknown } | undefined;
    if (typeof error?.message === 'string' && typeof error.code === 'number')
      reject(new AdapterError('ADAPTER_REFUSED', error.message, error.code));
    else if (message['result'] !== undefined) resolve(message['result']);
    else
      reject(
        new AdapterError(
          'ADAPTER_PROTOCOL',
          `The answer to ${method} has neither a result nor an error with code and message.`,
        ),
      );
  }

  #wonder(line: string): void {
    if (this.strange.length < 10) this.strange.push(quote(line));
  }

  #lose(how: string, code: 'ADAPTER_GONE' | 'ADAPTER_PROTOCOL' = 'ADAPTER_GONE'): void {
    if (this.#gone) return;
    this.#gone = new AdapterError(code, `The host ${how}.`);
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(this.#gone);
    }
    this.#pending.clear();
  }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
