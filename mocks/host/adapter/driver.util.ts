import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { createInterface } from 'node:readline';
import { afterEach, expect } from 'vitest';
import { ADAPTER_SCHEMA } from './schema.js';
import type {
  AdapterErrorObject,
  AdapterMethod,
  AdapterMethods,
  AdapterPlugin,
  AdapterStateChange,
  RequestId,
} from './protocol.js';

const ajv = new Ajv2020({ allowUnionTypes: true });
ajv.addSchema(ADAPTER_SCHEMA, 'adapter');
const check = ajv.compile({
  anyOf: [{ $ref: 'adapter#/$defs/response' }, { $ref: 'adapter#/$defs/notification' }],
});

type Answer = { id: RequestId | null; result?: unknown; error?: AdapterErrorObject };

/** What a host refused, as its driver sees it. */
class Refusal extends Error {
  readonly code: number;
  readonly kind: string | undefined;

  constructor({ code, message, data }: AdapterErrorObject) {
    super(message);
    this.code = code;
    this.kind = data?.kind;
  }
}

function startHost(program: string, flags: readonly string[]) {
  return execa(process.execPath, [program, ...flags], { reject: false });
}

/** A host's process and the one who drives it. Every line that comes is held against the schema. */
export class Driver {
  readonly changes: AdapterStateChange[] = [];
  /** Every answer, in the order in which they came. */
  readonly answers: Answer[] = [];
  /** Lines that the schema does not allow, with what is wrong with them. */
  readonly invalid: object[] = [];
  readonly process: ReturnType<typeof startHost>;
  readonly #waiting = new Map<RequestId, (answer: Answer) => void>();
  #ids = 0;

  constructor(program: string, flags: readonly string[]) {
    this.process = startHost(program, flags);
    createInterface({ input: this.process.stdout }).on('line', (line) => this.#receive(line));
    this.process.stdin.on('error', () => {});
    this.process.on('exit', (code) => {
      const error = { code: 0, message: `the host exited with ${code}` };
      for (const answer of this.#waiting.values()) answer({ id: null, error });
    });
  }

  request<M extends AdapterMethod>(
    method: M,
    params: AdapterMethods[M]['params'],
  ): Promise<AdapterMethods[M]['result']> {
    this.#ids += 1;
    const id = `request ${this.#ids}`;
    this.write(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ error, result }) => {
        if (error) reject(new Refusal(error));
        else resolve(result as AdapterMethods[M]['result']);
      });
    });
  }

  write(line: string | Uint8Array): void {
    this.process.stdin.write(line);
    this.process.stdin.write('\n');
  }

  async list(): Promise<readonly AdapterPlugin[]> {
    return (await this.request('list', {})).plugins;
  }

  async get(id: string): Promise<AdapterPlugin> {
    const found = (await this.list()).find((plugin) => plugin.id === id);
    if (!found) throw new Error(`the host has no plugin ${id}`);
    return found;
  }

  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Ends the host's stdin. */
  async end(): Promise<{ exitCode: number | undefined; signal: string | undefined; stderr: string }> {
    this.process.stdin.end();
    const { exitCode, signal, stderr } = await this.process;
    return { exitCode, signal, stderr };
  }

  #receive(line: string): void {
    const message = parse(line);
    if (!message) {
      this.invalid.push({ line });
      return;
    }
    if (!check(message)) this.invalid.push({ message, errors: check.errors });
    if ('params' in message) {
      this.changes.push(message.params);
      return;
    }
    this.answers.push(message);
    if (message.id === null) return;
    this.#waiting.get(message.id)?.(message);
    this.#waiting.delete(message.id);
  }
}

function parse(line: string): Answer | { params: AdapterStateChange } | undefined {
  try {
    return JSON.parse(line) as Answer | { params: AdapterStateChange };
  } catch {
    return undefined;
  }
}

/**
 * Starts hosts, which have ended after each test: by the end of their stdin, and with 0, unless they had ended before.
 * All that they said has to be valid.
 */
export function useDrivers(): (program: string, ...flags: string[]) => Driver {
  const drivers: Driver[] = [];
  afterEach(async () => {
    const all = drivers.splice(0);
    const living = all.filter((driver) => driver.isAlive);
    const exitCodes = await Promise.all(living.map(async (driver) => (await driver.end()).exitCode));
    expect({ exitCodes, invalid: all.flatMap(({ invalid }) => invalid) }).toEqual({
      exitCodes: living.map(() => 0),
      invalid: [],
    });
  });
  return (program, ...flags) => {
    const driver = new Driver(program, flags);
    drivers.push(driver);
    return driver;
  };
}
