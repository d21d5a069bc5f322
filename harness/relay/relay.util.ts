import {
  spawn,
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
} from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, beforeAll, beforeEach, expect } from 'vitest';

import { LaunchedPlugin, type Client, type Connection, type LaunchOptions } from '../client/index.js';
import { loadContract, type Contract } from '../contract/index.js';
import { processesWith } from '../launch/test/leftovers.util.js';
import { compile } from '../test/compiled.util.js';
import type * as api from './index.js';

/** How long what has to come may take on a machine that is busy, in ms. */
export const SOON = 20_000;

export interface Relayed {
  readonly relay: api.Relay;
  readonly plugin: LaunchedPlugin;
  readonly run: api.RelayRun;
}

export interface Called extends Relayed {
  readonly connection: Connection;
  readonly client: Client;
}

export interface Relays {
  /** A relay in front of a command; it is closed after the test. */
  make(command: readonly [string, ...string[]], path?: string): Promise<api.Relay>;
  /** A plugin program in JavaScript. @returns its path */
  program(lines: string): string;
  /** A relay in front of a command, launched by our own client. */
  launch(
    command: readonly [string, ...string[]],
    plan?: api.RelayPlan,
    options?: Partial<LaunchOptions>,
  ): Promise<Relayed>;
  /** The same, connected, and the Iglu plugin dispensed. */
  call(command: readonly [string, ...string[]], plan?: api.RelayPlan): Promise<Called>;
  /** The JavaScript of a file that was named to `useRelays`. */
  compiled(file: string): string;
  readonly folder: string;
}

/**
 * The relay as it is built, from what it is now: its executable needs JavaScript on disk. After each test nothing may
 * be left of what was launched.
 *
 * @param entries - other TypeScript files to compile, as paths from the root of the repository
 */
export function useRelays(...entries: string[]): Relays {
  const compiled = compile('harness/relay/index.ts', 'harness/relay/process/main.ts', ...entries);
  let Relay: typeof api.Relay;
  let iglu: Contract;
  let folder = '';
  let files = 0;
  const ends: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    const url = pathToFileURL(compiled('harness/relay/index.ts')).href;
    ({ Relay } = (await import(/* @vite-ignore */ url)) as typeof api);
    iglu = await loadContract('iglu');
  });
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'r'));
  });
  afterEach(async () => {
    const relays = ends.splice(0);
    await Promise.all(relays.map((end) => end()));
    const files = readdirSync(folder).filter((name) => !name.startsWith('program'));
    const left = { processes: processesWith(folder), files };
    rmSync(folder, { recursive: true, force: true });
    expect(left).toEqual({ processes: [], files: [] });
  });

  const relays: Relays = {
    async make(command, path) {
      files += 1;
      const relay = await Relay.create({ path: path ?? join(folder, `relay-${files}`), command });
      ends.push(() => relay.close());
      return relay;
    },
    program(lines) {
      files += 1;
      const path = join(folder, `program-${files}`);
      writeFileSync(path, `#!${process.execPath}\n${lines}\n`, { mode: 0o755 });
      return path;
    },
    async launch(command, plan = {}, options = {}) {
      const relay = await relays.make(command);
      relay.plan(plan);
      const { magicCookieKey: key, magicCookieValue: value, protocolVersions: versions } = iglu.handshake;
      const plugin = await LaunchedPlugin.start({
        command: [relay.path],
        cookie: { key, value },
        versions,
        plugins: iglu.plugins,
        callTimeoutMs: SOON,
        ...options,
      });
      ends.push(() => plugin.end());
      return { relay, plugin, run: await relay.nextRun(SOON) };
    },
    async call(command, plan) {
      const relayed = await relays.launch(command, plan);
      const connection = await relayed.plugin.connect();
      return { ...relayed, connection, client: await connection.dispense('iglu_plugin') };
    },
    compiled,
    get folder() {
      return folder;
    },
  };
  return relays;
}

/**
 * A plugin without yamux. It sends back what comes, its input's end included; but `exit N` and `die SIGNAL`, sent on
 * a connection, end it with a last word, and `wait` has it read nothing more.
 */
export const ECHO = `
const { createServer } = process.getBuiltinModule('node:net');
const path = process.getBuiltinModule('node:path').join(process.env.TMPDIR, 'echo' + process.pid);
const server = createServer({ allowHalfOpen: true }, (socket) => {
  socket.on('error', () => {});
  socket.once('data', (chunk) => {
    const [word, value] = chunk.toString('latin1', 0, 20).split(' ');
    if (word === 'exit') socket.end('good bye', () => process.exit(Number(value)));
    else if (word === 'die') socket.end('good bye', () => die(value));
    else if (word === 'wait') socket.pause();
    else { socket.write(chunk); socket.pipe(socket); }
  });
});
function die(signal) {
  // Node ignores SIGPIPE, until somebody has listened to it and listens no more.
  if (signal === 'SIGPIPE') process.on(signal, () => {}).removeAllListeners(signal);
  process.kill(process.pid, signal);
}
server.listen(path, () => console.log('1|1|unix|' + path + '|netrpc|'));
`;

/** Connects to the address that a relay printed. */
export async function dial({ plugin }: Relayed): Promise<Socket> {
  const { address } = await plugin.handshake;
  const where =
    address.network === 'unix' ? { path: address.path } : { host: address.host, port: address.port };
  const socket = connect({ ...where, allowHalfOpen: true });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

/** All that comes until the other end says that no more will. */
export async function readAll(socket: Socket): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('latin1');
}

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, however that comes; `printed` resolves with the first of its stdout. */
export function run(
  path: string,
  args: readonly string[] = [],
  options: SpawnOptionsWithoutStdio = {},
): {
  readonly child: ChildProcessWithoutNullStreams;
  readonly printed: Promise<unknown>;
  readonly outcome: Promise<Outcome>;
} {
  const child = spawn(path, args, options);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
    return () => text;
  });
  const printed = new Promise((resolve) => child.stdout.once('data', resolve));
  const outcome = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    stdout: stdout?.() ?? '',
    stderr: stderr?.() ?? '',
  }));
  return { child, printed, outcome };
}

/** The error that a promise rejects with; heard of from now on, whenever it is awaited. */
export function failureOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

/** Whether the promise has settled by now. */
export async function isSettled(promise: Promise<unknown>): Promise<boolean> {
  const settled = promise.then(
    () => true,
    () => true,
  );
  return Promise.race([settled, new Promise<boolean>((resolve) => setImmediate(resolve, false))]);
}
