import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { afterEach, beforeEach, expect } from 'vitest';
import { processesWith, until } from '../../harness/launch/test/leftovers.util.js';
import { goExample } from '../../harness/test/examples.util.js';
import type { AdapterMethods, AdapterPlugin, AdapterStateChange } from '../../mocks/host/adapter/protocol.js';

const schema = JSON.parse(
  readFileSync(new URL('../../mocks/host/adapter/adapter.schema.json', import.meta.url), 'utf8'),
) as AnySchema;
const isOfTheProtocol = new Ajv2020({ strict: false, allowUnionTypes: true }).compile(schema);

/** An error that the host answered with. */
interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly data?: { readonly kind: string };
}

type Method = keyof AdapterMethods;

/** A host's program, driven by lines of JSON. Every line of its stdout is held to the adapter's schema. */
export class DrivenHost {
  readonly states: AdapterStateChange[] = [];
  readonly ended: Promise<{ readonly exitCode?: number; readonly stderr: string }>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly endInput: () => void;
  readonly closeOutput: () => void;
  readonly #waiting = new Map<number, (answer: { result?: unknown; error?: Refusal }) => void>();
  readonly #write: (line: string) => void;
  #last = 0;

  constructor(name: string, flags: readonly string[], tmpdir: string) {
    const host = execa(goExample(name), flags, { reject: false, env: { TMPDIR: tmpdir } });
    this.ended = host.then(({ exitCode, stderr }) => ({
      ...(exitCode !== undefined && { exitCode }),
      stderr,
    }));
    this.kill = (signal) => void host.kill(signal);
    this.endInput = () => void host.stdin.end();
    this.closeOutput = () => {
      host.stdout.destroy();
      // A host notices it when it has something to say.
      this.#write('{ "jsonrpc": "2.0", "id": 0, "method": "list" }\n');
    };
    this.#write = (line) => void host.stdin.write(line);
    host.stdin.on('error', () => {}); // It may be gone.
    createInterface(host.stdout).on('line', (line) => this.#read(line));
  }

  /** The result; a refusal is thrown. */
  async ask<M extends Method>(
    method: M,
    params: AdapterMethods[M]['params'],
  ): Promise<AdapterMethods[M]['result']> {
    const { result, error } = await this.send(method, params);
    if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result as AdapterMethods[M]['result'];
  }

  /** The kind of the error that the host answers with, or its code where it has none; `undefined` for none. */
  async refusal(method: string, params: object): Promise<string | number | undefined> {
    const { error } = await this.send(method, params);
    return error?.data?.kind ?? error?.code;
  }

  /** The answer; rejected when the host ends without one. */
  async send(method: string, params: object): Promise<{ result?: unknown; error?: Refusal }> {
    const id = ++this.#last;
    this.#write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    return Promise.race([
      new Promise<{ result?: unknown; error?: Refusal }>((resolve) => this.#waiting.set(id, resolve)),
      this.ended.then(({ stderr }) => Promise.reject(new Error(`the host has ended: ${stderr}`))),
    ]);
  }

  /** Loads a folder; gives the pids of the plugins by their ids. */
  async load(dir: string): Promise<Record<string, number>> {
    const { plugins } = await this.ask('load', { dir });
    return Object.fromEntries(plugins.map(({ id, pid }) => [id, pid ?? 0]));
  }

  /** All plugins as they are now, by their ids. */
  async plugins(): Promise<readonly AdapterPlugin[]> {
    const { plugins } = await this.ask('list', {});
    return plugins.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** The states that a plugin was told to have come to, with the reason's kind. */
  told(id: string): string[] {
    return this.states
      .filter(({ plugin }) => plugin.id === id)
      .map(({ plugin: { state, reason } }) => (reason ? `${state} ${reason.kind}` : state));
  }

  #read(line: string): void {
    const message = JSON.parse(line) as { id?: number; params?: unknown; result?: unknown; error?: Refusal };
    if (!isOfTheProtocol(message)) throw new Error(`${line}: ${JSON.stringify(isOfTheProtocol.errors)}`);
    if (message.id === undefined) this.states.push(message.params as AdapterStateChange);
    else this.#waiting.get(message.id)?.(message);
  }
}

/** Stops a process: resolves when all its threads stand still. */
export async function standStill(pid: number): Promise<void> {
  process.kill(pid, 'SIGSTOP');
  const threads = process.platform === 'linux' ? ['-L'] : [];
  await until(async () => {
    const { stdout } = await execa('ps', [...threads, '-o', 'stat=', '-p', String(pid)]);
    return stdout.split('\n').every((state) => state.startsWith('T'));
  });
}

interface GoHosts {
  /** Starts a host: `adapter-host` or `seed-host`. It is ended after the test. */
  start(name: string, flags?: readonly string[]): DrivenHost;
  /** Puts copies of Go examples into the test's folder of plugins, `bad/panics` as `panics`. */
  copy(...examples: string[]): void;
  /** Puts a shell script there. */
  script(name: string, text: string): void;
  /** The test's folder of plugins. */
  readonly folder: string;
  /** The hosts' TMPDIR. */
  readonly temp: string;
}

/** A folder of plugins for each test, after which no process, socket or temp folder may be left. */
export function useGoHosts(): GoHosts {
  const hosts: DrivenHost[] = [];
  let folder = '';
  let temp = '';
  beforeEach(() => {
    // Short: a unix socket's path has room for about 100 characters, sun_path.
    folder = mkdtempSync('/tmp/plugins-');
    temp = mkdtempSync('/tmp/t-');
  });
  afterEach(async () => {
    for (const host of hosts) host.endInput();
    await Promise.all(hosts.splice(0).map(({ ended }) => ended));
    const left = { processes: processesWith(folder), files: readdirSync(temp) };
    for (const path of [folder, temp]) rmSync(path, { recursive: true, force: true });
    expect(left).toEqual({ processes: [], files: [] });
  });
  return {
    start(name, flags = []) {
      const host = new DrivenHost(name, flags, temp);
      hosts.push(host);
      return host;
    },
    copy(...examples) {
      for (const example of examples)
        copyFileSync(goExample(example), join(folder, example.replace('bad/', '')));
    },
    script(name, text) {
      writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    },
    get folder() {
      return folder;
    },
    get temp() {
      return temp;
    },
  };
}
