import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { loadContract, type MethodContract, type PluginContract } from '../contract/index.js';
import { INT, INTERFACE, slice, STRING, struct, UINT, type GobType } from '../gob/index.js';
import { serveRpc, type RpcService } from '../netrpc/index.js';
import { Tape } from '../tape/index.js';
import type { Value } from '../value/index.js';
import { YamuxSession, type YamuxStream } from '../yamux/index.js';
import { memoryPair } from '../yamux/transport.util.js';
import { Connection } from './index.js';

const greeter = (await loadContract('greeter')).plugins.get('greeter') as PluginContract;

/** A connection to a plugin that does with its streams what it likes: the first three are the standard ones. */
function connect(
  onStream: (stream: YamuxStream, index: number, plugin: YamuxSession) => void,
  contract = greeter,
): { connection: Connection; plugin: YamuxSession } {
  const [near, far] = memoryPair();
  const plugin = new YamuxSession(far, { role: 'server' });
  let opened = 0;
  plugin.on('stream', (stream) => onStream(stream, opened++, plugin));
  const connection = new Connection(near, {
    callTimeoutMs: 20_000,
    plugins: new Map([['greeter', contract]]),
    tape: new Tape(),
  });
  onTestFinished(() => {
    connection.destroy();
    plugin.destroy();
  });
  return { connection, plugin };
}

const services = (name: string, methods: Record<string, [GobType, Value]>): Map<string, RpcService> =>
  new Map([
    [
      name,
      new Map(
        Object.entries(methods).map(([key, [reply, value]]) => [
          key,
          { args: INTERFACE, reply, accepts: () => true, handle: () => value },
        ]),
      ),
    ],
  ]);

/** Control and the dispenser, and a broker that echoes every id and serves the methods behind it. */
function plugin(dispense: [GobType, Value], methods: Record<string, [GobType, Value]> = {}) {
  return (stream: YamuxStream, index: number): void => {
    if (index === 0) serveRpc(stream, { services: services('Dispenser', { Dispense: dispense }) });
    if (index <= 2) return;
    stream.once('data', (id: Buffer) => {
      stream.write(id);
      serveRpc(stream, { services: services('Plugin', methods) });
    });
  };
}

test('opens control, stdout and stderr, in this order, before anything else', async () => {
  const ids: number[] = [];
  const { connection } = connect((stream) => ids.push(stream.id));
  await connection.streamsAccepted(20_000);
  expect(ids).toEqual([1, 3, 5]);
});

describe('dispense', () => {
  test.each<[string, [GobType, Value], RegExp]>([
    ['a string', [STRING, '7'], /a value of type "string" where a broker id belongs/],
    ['a signed number', [INT, 7], /a value of type "int"/],
    ['a struct', [struct('Id', { Id: UINT }), { Id: 7 }], /where a broker id belongs, a uint32/],
    ['a number that no uint32 holds', [UINT, 2 ** 32], /where a broker id belongs/],
    ['a number that is not safe', [UINT, 2n ** 63n], /where a broker id belongs/],
  ])('answered with %s', async (_, reply, says) => {
    const dispensing = connect(plugin(reply)).connection.dispense('greeter');
    await expect(dispensing).rejects.toMatchObject({ code: 'RPC_PROTOCOL' });
    await expect(dispensing).rejects.toThrow(says);
  });

  test('answered with the largest id there is', async () => {
    const { connection } = connect(plugin([UINT, 0xffff_ffff], { Greet: [STRING, 'hello'] }));
    const client = await connection.dispense('greeter');
    expect((await client.call('Greet')).value).toBe('hello');
  });

  test('of a plugin that resets the stream', async () => {
    const { connection } = connect((stream, index) => {
      if (index === 0) plugin([UINT, 1])(stream, index);
      if (index >= 3) stream.reset();
    });
    await expect(connection.dispense('greeter')).rejects.toMatchObject({ code: 'RPC_BROKER' });
    // The session goes on.
    await expect(connection.dispense('greeter')).rejects.toMatchObject({ code: 'RPC_BROKER' });
  });
});

describe('a reply', () => {
  test('of another kind is told, and has no value', async () => {
    const client = await connect(plugin([UINT, 1], { Greet: [INT, 5] })).connection.dispense('greeter');
    const reply = await client.call('Greet');
    expect(reply).toMatchObject({
      value: undefined,
      sent: { value: 5 },
      differences: [{ kind: 'incompatible' }],
    });
  });

  test('that would fill memory with zeros is an RpcError', async () => {
    const narrow = struct('Other', { F0: INT });
    const fields = Array.from({ length: 1_000 }, (_, n) => [`F${n}`, INT] as const);
    const wide = slice(struct('Wide', Object.fromEntries(fields)));
    const many = Array.from({ length: 6_000 }, () => ({ F0: 1 }));
    const greet = greeter.methods.get('Greet') as MethodContract;
    const contract = { ...greeter, methods: new Map([['Greet', { ...greet, reply: wide }]]) };
    const { connection } = connect(plugin([UINT, 1], { Greet: [slice(narrow), many] }), contract);
    const client = await connection.dispense('greeter');
    const call = client.call('Greet');
    await expect(call).rejects.toMatchObject({ code: 'RPC_PROTOCOL', cause: { code: 'GOB_LIMIT' } });
  });
});

describe('stdout and stderr', () => {
  test('are kept apart, and their order is', async () => {
    const { connection } = connect((stream, index) => {
      if (index === 1) for (let n = 0; n < 100; n++) stream.write(`out ${n}\n`);
      if (index === 2) stream.write('err\n');
    });
    const out = Array.from({ length: 100 }, (_, n) => `out ${n}\n`).join('');
    await expect.poll(() => connection.stdout.text(), EVENTUALLY).toBe(out);
    await expect.poll(() => connection.stderr.text(), EVENTUALLY).toBe('err\n');
  });

  test('a flood is read to its end, and only its beginning kept', async () => {
    const mib = Buffer.alloc(1024 * 1024, 'x');
    const { connection } = connect((stream, index) => {
      if (index !== 1) return;
      let left = 16;
      const more = (): void => {
        if (left-- > 0) stream.write(mib, more);
      };
      more();
    });
    await expect.poll(() => connection.stdout.totalBytes, EVENTUALLY).toBe(16 * mib.length);
    expect(connection.stdout.text()).toHaveLength(256 * 1024);
  });

  test('that are reset leave the rest of the connection alone', async () => {
    const { connection } = connect((stream, index) => {
      if (index === 0) serveRpc(stream, { services: services('Control', { Ping: [struct('', {}), {}] }) });
      else stream.reset();
    });
    await delay(20);
    expect(await connection.ping()).toBeGreaterThan(0);
  });
});

describe('the end', () => {
  test('of a plugin that resets control', async () => {
    const { connection } = connect((stream, index) => {
      if (index === 0) stream.reset();
    });
    await expect(connection.ping()).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(connection.control.lost).toMatchObject({ code: 'RPC_CONNECTION_LOST' });
  });

  test('of a session before its streams are accepted', async () => {
    const { connection, plugin: session } = connect(() => {});
    // Taken back, so that nobody accepts.
    session.removeAllListeners('stream');
    const accepted = connection.streamsAccepted(20_000);
    session.destroy();
    await expect(accepted).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  });

  test('of a plugin that speaks no yamux', async () => {
    const [near, far] = memoryPair();
    const connection = new Connection(near, { callTimeoutMs: 20_000, plugins: new Map(), tape: new Tape() });
    far.write('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
    await expect(connection.ping()).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await connection.closed).toMatchObject({ reason: 'protocol-error' });
    far.destroy();
  });

  test('in good order: the plugin hears of it', async () => {
    const { connection, plugin: session } = connect(() => {});
    const goneAway = once(session, 'goAway');
    const closing = connection.close();
    session.once('close', () => session.destroy());
    expect(await goneAway).toEqual([0]);
    await closing;
    expect(await connection.closed).toEqual({ reason: 'local' });
    await expect(connection.ping()).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await expect(connection.broker.dial(1)).rejects.toMatchObject({ code: 'RPC_BROKER' });
    connection.destroy();
  });
});
