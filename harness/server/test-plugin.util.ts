#!/usr/bin/env node
// A plugin for the tests of this folder. What it serves, and what it does first, is told by its environment.
import {
  BOOL,
  INT,
  INTERFACE,
  serve,
  STRING,
  struct,
  UINT,
  type RpcMethod,
  type RpcService,
} from './index.js';
import type { PluginContext } from './index.js';

const PRINT_ARGS = struct('PrintArgs', { Out: STRING, Err: STRING });
const REPLY_WITH_ERROR = struct('Reply', { Err: INTERFACE });

const method = (
  args: RpcMethod['args'],
  reply: RpcMethod['reply'],
  handle: RpcMethod['handle'],
): RpcMethod => ({ args, reply, handle });

function service(context: PluginContext, version: number): RpcService {
  return new Map([
    ['Version', method(INTERFACE, INT, () => version)],
    ['Wait', method(INT, INT, (ms) => new Promise((resolve) => setTimeout(() => resolve(ms), ms as number)))],
    ['Print', method(PRINT_ARGS, BOOL, print)],
    ['Flood', method(INT, INT, flood)],
    ['Unencodable', method(INTERFACE, REPLY_WITH_ERROR, () => ({ Err: 'no interface' }))],
    ['Throw', method(STRING, INTERFACE, (text) => Promise.reject(new Error(text as string)))],
    [
      'Crash',
      method(STRING, INTERFACE, (text) => {
        setImmediate(() => {
          throw new Error(text as string);
        });
        return new Promise(() => {});
      }),
    ],
    ['Exit', method(INT, INTERFACE, (code) => process.exit(code as number))],
    ['CallBack', method(UINT, INT, (id) => callBack(context, id as number))],
    [
      'Serve',
      method(INT, UINT, (n) => context.serveHost(new Map([['Number', method(INTERFACE, INT, () => n)]]))),
    ],
  ]);
}

function print(args: unknown): boolean {
  const { Out, Err } = args as { Out: string; Err: string };
  process.stdout.write(Out);
  process.stderr.write(Err);
  return true;
}

/** Prints so many MiB at once without a look at whether anybody reads; how many MiB the process has grown by. */
function flood(mib: unknown): number {
  const before = process.memoryUsage().rss;
  const line = `${'x'.repeat(1023)}\n`;
  for (let n = 0; n < (mib as number) * 1024; n++) process.stdout.write(line);
  return Math.ceil((process.memoryUsage().rss - before) / 1024 / 1024);
}

async function callBack(context: PluginContext, id: number): Promise<number> {
  const client = await context.dialHost(id);
  try {
    const { value } = await client.call('Plugin.Number', INTERFACE, null, { timeoutMs: 20_000 });
    return value as number;
  } finally {
    client.close();
  }
}

const versions = (process.env['TEST_VERSIONS'] ?? '1').split(',').filter(Boolean).map(Number);
const cookie = { key: process.env['TEST_COOKIE_KEY'] ?? 'TEST_PLUGIN', value: 'yes' };
const plugins = versions.map(
  (version) => [version, new Map([['test', (context: PluginContext) => service(context, version)]])] as const,
);
await serve({ cookie, versions: new Map(plugins) });

if (process.env['TEST_PRINT']) {
  // Before any host is connected.
  for (let n = 0; n < 1000; n++) {
    console.log(`out ${n}`);
    console.error(`err ${n}`);
  }
}
