import { describe, expect, test } from 'vitest';

import { BOOL, GobError, INT, INTERFACE, STRING } from '../gob/index.js';
import { hasGo } from '../test/go.util.js';
import { RpcClient, RpcError, RpcServerError } from './index.js';
import { ARGS, REPLY, useGoRpc, WRONG } from './oracle.util.js';

const TIMEOUT = { timeoutMs: 20_000 };

describe.skipIf(!hasGo)('RpcClient of a Go server', () => {
  const go = useGoRpc();
  const connect = async (): Promise<RpcClient> => new RpcClient(await go.server(), 'go');

  test('a call and its reply', async () => {
    const client = await connect();
    const reply = await client.call('Plugin.Echo', ARGS, { Text: 'iglu ', Count: -3 }, TIMEOUT);
    expect(reply.value).toEqual({ Text: 'iglu iglu ', Count: -3, Err: null });
    expect(reply.type).toMatchObject({ kind: 'struct', fields: REPLY.fields });
    client.close();
  });

  test('500 calls in flight are answered out of order, each with its own answer', async () => {
    const client = await connect();
    const order: number[] = [];
    const calls = Array.from({ length: 500 }, async (_, n) => {
      const ms = (n * 37) % 100;
      const { value } = await client.call('Plugin.Sleep', INT, ms, TIMEOUT);
      order.push(n);
      return value === ms;
    });
    expect(client.inFlight).toBe(500);
    expect(await Promise.all(calls)).not.toContain(false);
    expect(order).not.toEqual(order.toSorted((a, b) => a - b));
    expect({ inFlight: client.inFlight, stray: client.strayReplies, late: client.lateReplies }).toEqual({
      inFlight: 0,
      stray: 0,
      late: 0,
    });
    client.close();
  });

  test('a nil interface as argument and as reply', async () => {
    const client = await connect();
    expect((await client.call('Plugin.Nothing', INTERFACE, null, TIMEOUT)).value).toBeNull();
    client.close();
  });

  test('an error of the method is its text, and the connection goes on', async () => {
    const client = await connect();
    for (const text of ['no such lamp', '\u001b[31mred\u202e', 'x'.repeat(100_000), 'ünï']) {
      const error = await client
        .call('Plugin.Fail', STRING, text, TIMEOUT)
        .catch((caught: unknown) => caught);
      expect(error).toBeInstanceOf(RpcServerError);
      expect(error).toMatchObject({ code: 'RPC_SERVER_ERROR', text });
      expect((error as Error).message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect((error as Error).message.length).toBeLessThan(400);
    }
    // No text at all is no error to net/rpc.
    await client.call('Plugin.Fail', STRING, '', TIMEOUT);
    client.close();
  });

  test('arguments of a wrong type are answered with an error, and the connection goes on', async () => {
    const client = await connect();
    for (const [method, type, value] of [
      ['Plugin.Echo', STRING, 'text'],
      ['Plugin.Echo', WRONG, { Other: true }],
      ['Plugin.Sleep', BOOL, true],
      ['Plugin.Nothing', STRING, 'text'],
    ] as const) {
      await expect(client.call(method, type, value, TIMEOUT)).rejects.toThrow(
        /answered with an error: "gob: /,
      );
    }
    expect((await client.call('Plugin.Sleep', INT, 1, TIMEOUT)).value).toBe(1);
    client.close();
  });

  test('arguments that do not fit their type are not sent, and the connection goes on', async () => {
    const client = await connect();
    const misfit = client.call('Plugin.Echo', ARGS, { Text: 5, Count: 1 }, TIMEOUT);
    await expect(misfit).rejects.toThrow(GobError);
    expect(client.inFlight).toBe(0);
    // Types that were only defined in the message that was not sent are defined in this one.
    const { value } = await client.call('Plugin.Echo', ARGS, { Text: 'a', Count: 1 }, TIMEOUT);
    expect(value).toMatchObject({ Text: 'aa', Count: 1 });
    expect(client.lost).toBeUndefined();
    client.close();
  });

  test('a reply that comes too late is dropped, and is no stray', async () => {
    const client = await connect();
    const slow = client.call('Plugin.Sleep', INT, 300, { timeoutMs: 50 });
    await expect(slow).rejects.toMatchObject({ code: 'RPC_TIMEOUT' });
    await expect(slow).rejects.toThrow('Plugin.Sleep did not answer within 50 ms.');
    // Comes after the late one.
    await client.call('Plugin.Sleep', INT, 400, TIMEOUT);
    expect({ stray: client.strayReplies, late: client.lateReplies }).toEqual({ stray: 0, late: 1 });
    client.close();
  });

  test('a server that cannot encode its reply loses the connection, with all calls in flight', async () => {
    const client = await connect();
    const slow = client.call('Plugin.Sleep', INT, 10_000, TIMEOUT);
    const broken = client.call('Plugin.Unencodable', BOOL, true, TIMEOUT);
    for (const call of [slow, broken]) {
      await expect(call).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
      await expect(call).rejects.not.toBeInstanceOf(RpcServerError);
    }
    expect(client.lost).toBeInstanceOf(RpcError);
    await expect(client.call('Plugin.Sleep', INT, 1, TIMEOUT)).rejects.toThrow(
      /^Plugin\.Sleep was not called: /,
    );
  });
});

describe.skipIf(!hasGo)('RpcClient of a Go server that dies', () => {
  const go = useGoRpc();

  test('calls in flight end with RPC_CONNECTION_LOST', async () => {
    const client = new RpcClient(await go.server(), 'go');
    const slow = client.call('Plugin.Sleep', INT, 60_000, TIMEOUT);
    const last = client.call('Plugin.Die', INT, 3, TIMEOUT);
    await expect(slow).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await expect(last).rejects.toThrow('Plugin.Die got no answer');
    expect(client.inFlight).toBe(0);
  });
});
