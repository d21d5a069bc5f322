import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';

import { BOOL, INT, INTERFACE, STRING } from '../gob/index.js';
import { hasGo } from '../test/go.util.js';
import { InterfaceValue } from '../value/index.js';
import { RpcClient, serveRpc, type RpcMethod, type RpcServerOptions, type RpcServerError } from './index.js';
import { ARGS, REPLY, useGoRpc, WRONG_ARGUMENTS } from './oracle.util.js';
import { socketPair } from '../yamux/transport.util.js';

const TIMEOUT = { timeoutMs: 20_000 };

/** The methods of oracle/server.go. */
const METHODS: Readonly<Record<string, RpcMethod>> = {
  Echo: {
    args: ARGS,
    reply: REPLY,
    handle: async (args) => {
      const { Text, Count } = args as { Text: string; Count: number };
      await delay(Count % 20);
      return { Text: Text + Text, Count, Err: null };
    },
  },
  Sleep: { args: INT, reply: INT, handle: (ms) => delay(Number(ms), ms) },
  Fail: {
    args: STRING,
    reply: STRING,
    handle: (text) => {
      throw new Error(text as string);
    },
  },
  Nothing: { args: INTERFACE, reply: INTERFACE, handle: () => null },
  Unencodable: {
    args: BOOL,
    reply: REPLY,
    handle: () => ({ Text: '', Count: 0, Err: new InterfaceValue('*errors.errorString', {}) }),
  },
};
const SERVICES: RpcServerOptions['services'] = new Map([['Plugin', new Map(Object.entries(METHODS))]]);

describe.skipIf(!hasGo)('serveRpc for a Go client', () => {
  const go = useGoRpc();
  const serve = async (options: Partial<RpcServerOptions> = {}): Promise<void> =>
    serveRpc(await go.client(), { services: SERVICES, ...options });

  test('a call and its reply', async () => {
    await serve();
    const answer = await go.run({
      cmd: 'call',
      method: 'Plugin.Echo',
      kind: 'args',
      args: { Text: 'iglu ', Count: -3 },
      into: 'reply',
    });
    expect(answer).toEqual({ reply: { Text: 'iglu iglu ', Count: -3, Err: null } });
    await go.run({ cmd: 'close' });
  });

  test('500 calls in flight each get their own answer', async () => {
    await serve();
    expect(await go.run({ cmd: 'burst', method: 'Plugin.Echo', count: 500 })).toEqual({ reply: null });
    await go.run({ cmd: 'close' });
  });

  test('a nil interface as argument and as reply', async () => {
    await serve();
    const answer = await go.run({ cmd: 'call', method: 'Plugin.Nothing', kind: 'nil', into: 'any' });
    expect(answer).toEqual({ reply: null });
    await go.run({ cmd: 'close' });
  });

  test('an error of the method is a ServerError, and the connection goes on', async () => {
    await serve();
    for (const text of ['no such lamp', '\u001b[31mred', 'ünï']) {
      const call = {
        cmd: 'call',
        method: 'Plugin.Fail',
        kind: 'string',
        args: text,
        into: 'string',
      } as const;
      expect(await go.run(call)).toEqual({ reply: null, error: text, serverError: true });
    }
    await go.run({ cmd: 'close' });
  });

  test('arguments of a wrong type are a ServerError, and the connection goes on', async () => {
    await serve();
    for (const method of ['Plugin.Echo', 'Plugin.Sleep', 'Plugin.Nothing']) {
      const answer = await go.run({ cmd: 'call', method, kind: 'wrong', into: 'any' });
      expect(answer).toMatchObject({ serverError: true });
      expect(answer.error).toMatch(/^gob: /);
    }
    const answer = await go.run({ cmd: 'call', method: 'Plugin.Sleep', kind: 'int', args: 1, into: 'int' });
    expect(answer).toEqual({ reply: 1 });
    await go.run({ cmd: 'close' });
  });

  test('a method that is missing is answered even when its argument is a nil interface', async () => {
    // Stock net/rpc hangs here (golang/go#65190).
    await serve();
    const answer = await go.run({ cmd: 'call', method: 'Plugin.None', kind: 'nil', into: 'any' });
    expect(answer).toMatchObject({ error: "rpc: can't find method Plugin.None", serverError: true });
    const next = await go.run({ cmd: 'call', method: 'Plugin.Nothing', kind: 'nil', into: 'any' });
    expect(next).toEqual({ reply: null });
    await go.run({ cmd: 'close' });
  });

  test('a reply that gob cannot send ends the connection, and is told of', async () => {
    const errors: Error[] = [];
    await serve({ onUnencodable: (error) => errors.push(error) });
    const answer = await go.run({
      cmd: 'call',
      method: 'Plugin.Unencodable',
      kind: 'bool',
      args: true,
      into: 'reply',
    });
    // What a Go client says of a Go server: reading body unexpected EOF.
    expect(answer).toEqual({ reply: null, error: 'unexpected EOF' });
    expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining('*errors.errorString')]);
  });

  test.each([
    'Plugin.None',
    'None.Echo',
    'Plugin',
    'Plugin.',
    '.Echo',
    '.',
    '',
    'A.B.C',
    'Plugin.Echo.Echo',
    'plugin.echo',
    'Plugin.echo',
    'Plugin Echo',
    'Plugin.Ünï\u001b[31m',
    '__proto__.toString',
    'Plugin.constructor',
    `Plugin.${'x'.repeat(5_000)}`,
  ])('the answer to a call of %j is the same as Go’s', async (method) => {
    const [near, far] = await socketPair();
    serveRpc(far, { services: SERVICES });
    const ours = new RpcClient(near, 'ours');
    const theirs = new RpcClient(await go.server(), 'theirs');
    for (const [type, value] of WRONG_ARGUMENTS) {
      const [our, their] = await Promise.all(
        [ours, theirs].map((client) =>
          client.call(method, type, value, TIMEOUT).catch((error: RpcServerError) => error.text),
        ),
      );
      expect(our).toBe(their);
      expect(our).toMatch(/^rpc: /);
    }
    ours.close();
    theirs.close();
  });
});
