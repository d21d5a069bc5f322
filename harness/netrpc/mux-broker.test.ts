import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { INT } from '../gob/index.js';
import type { YamuxSession, YamuxStream } from '../yamux/index.js';
import { sessions } from '../yamux/session-pair.util.js';
import { memoryPair } from '../yamux/transport.util.js';
import { MuxBroker, RpcClient, serveRpc } from './index.js';

interface Side {
  readonly session: YamuxSession;
  readonly broker: MuxBroker;
}

function brokers(): [Side, Side] {
  const [host, plugin] = sessions(memoryPair()).map((session) => {
    const broker = new MuxBroker(session);
    session.on('stream', (stream) => broker.handle(stream));
    return { session, broker };
  });
  return [host as Side, plugin as Side];
}

/** A peer that speaks yamux and does with brokered streams what it likes. */
function withRawPeer(onStream: (stream: YamuxStream) => void): Side {
  const [session, peer] = sessions(memoryPair());
  peer.on('stream', onStream);
  return { session, broker: new MuxBroker(session) };
}

const id = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
};

describe.each([
  ['the host dials', 0, 1],
  ['the plugin dials', 1, 0],
] as const)('%s', (_, dialling, accepting) => {
  test('a connection under an id, with what was written at once', async () => {
    const pair = brokers();
    const [dialler, acceptor] = [pair[dialling].broker, pair[accepting].broker];
    const number = acceptor.nextId();
    const [near, far] = await Promise.all([dialler.dial(number), acceptor.accept(number)]);
    near.write('to you');
    far.write('to me');
    expect(String((await once(far, 'data'))[0])).toBe('to you');
    expect(String((await once(near, 'data'))[0])).toBe('to me');
  });

  test('many at a time, accepted before and after they were dialled', async () => {
    const pair = brokers();
    const [dialler, acceptor] = [pair[dialling].broker, pair[accepting].broker];
    const numbers = Array.from({ length: 100 }, () => acceptor.nextId());
    const early = new Map(numbers.filter((n) => n % 2 === 0).map((n) => [n, acceptor.accept(n)]));
    const dialled = numbers.toReversed().map((n) => dialler.dial(n));
    await delay(20);
    await Promise.all(
      numbers.map(async (n) => {
        const stream = await (early.get(n) ?? acceptor.accept(n));
        serveRpc(stream, {
          services: new Map([['Plugin', new Map([['Id', { args: INT, reply: INT, handle: () => n }]])]]),
        });
      }),
    );
    const answers = await Promise.all(
      dialled.map(async (dial) => {
        const { value } = await new RpcClient(await dial, 'brokered').call('Plugin.Id', INT, 0, {
          timeoutMs: 20_000,
        });
        return value;
      }),
    );
    expect(answers).toEqual(numbers.toReversed());
  });
});

test('ids are given out once, and from 1 on', () => {
  const [{ broker }] = brokers();
  expect([broker.nextId(), broker.nextId(), broker.nextId()]).toEqual([1, 2, 3]);
});

test('ids are four bytes, the lowest first, and so is the echo', async () => {
  const bytes: Buffer[] = [];
  const { broker } = withRawPeer((stream) => {
    stream.once('data', (chunk: Buffer) => {
      bytes.push(chunk);
      stream.write(chunk);
    });
  });
  await broker.dial(0x01020304);
  await broker.dial(0xffffffff);
  expect(bytes).toEqual([Buffer.from([4, 3, 2, 1]), Buffer.from([255, 255, 255, 255])]);
});

test('an id that comes byte by byte, with data behind it', async () => {
  const [session, peer] = sessions(memoryPair());
  const broker = new MuxBroker(session);
  session.on('stream', (stream) => broker.handle(stream));
  const stream = peer.open();
  for (const byte of [7, 0, 0]) {
    stream.write(Buffer.of(byte));
    await delay(2);
  }
  stream.write(Buffer.of(0, 0x61, 0x62));
  const accepted = await broker.accept(7);
  expect(String((await once(accepted, 'data'))[0])).toBe('ab');
});

describe('dialling', () => {
  test('an echo of another id', async () => {
    const { broker } = withRawPeer((stream) => void stream.write(id(8)));
    await expect(broker.dial(7)).rejects.toMatchObject({ code: 'RPC_BROKER' });
    await expect(broker.dial(7)).rejects.toThrow('The peer acknowledged broker id 8 where 7 was dialled.');
  });

  test.each<[string, (stream: YamuxStream) => void, RegExp]>([
    ['a stream that is closed', (stream) => stream.end(), /stream was closed/],
    ['a stream that is closed in the echo', (stream) => stream.end(Buffer.of(7, 0)), /after 2 of 4 bytes/],
    ['a stream that is reset', (stream) => stream.reset(), /reset/],
  ])('%s', async (_, onStream, says) => {
    const { broker, session } = withRawPeer(onStream);
    const dial = broker.dial(7);
    await expect(dial).rejects.toMatchObject({ code: 'RPC_BROKER' });
    await expect(dial).rejects.toThrow(says);
    await vi.waitFor(() => expect(session.streams).toBe(0), EVENTUALLY);
  });

  test('a session that ends', async () => {
    const { broker, session } = withRawPeer(() => {});
    const dial = broker.dial(7);
    session.destroy();
    await expect(dial).rejects.toMatchObject({ code: 'RPC_BROKER' });
    // Whose session is over.
    await expect(broker.dial(8)).rejects.toMatchObject({ code: 'RPC_BROKER' });
  });

  test('an id that nobody accepts is told after five seconds, by the other side', async () => {
    const [host] = brokers();
    const dial = host.broker.dial(7);
    await expect(dial).rejects.toMatchObject({ code: 'RPC_BROKER' });
    await expect(dial).rejects.toThrow('Nobody accepted broker id 7');
  });
});

describe('accepting', () => {
  test('an id that nobody dials, after five seconds', async () => {
    const [{ broker }] = brokers();
    const accept = broker.accept(7);
    await expect(accept).rejects.toMatchObject({ code: 'RPC_BROKER' });
    await expect(accept).rejects.toThrow('Nobody dialled broker id 7 within 5000 ms.');
    // It is free again.
    broker.accept(7).catch(() => {});
  });

  test('an id that somebody waits for already', async () => {
    const [host, plugin] = brokers();
    const first = plugin.broker.accept(7);
    await expect(plugin.broker.accept(7)).rejects.toThrow('somebody waits for it already');
    await Promise.all([first, host.broker.dial(7)]);
  });

  test('an id that was dialled twice: the second one is closed, the first one served', async () => {
    const [host, plugin] = brokers();
    const first = host.broker.dial(7);
    await delay(5);
    await expect(host.broker.dial(7)).rejects.toMatchObject({ code: 'RPC_BROKER' });
    await Promise.all([first, plugin.broker.accept(7)]);
  });

  test('an id again, once it was served', async () => {
    const [host, plugin] = brokers();
    for (let times = 0; times < 3; times++) {
      const [near, far] = await Promise.all([host.broker.dial(7), plugin.broker.accept(7)]);
      expect(near.id).toBe(far.id);
    }
  });

  test('a dialler that has gone meanwhile is none', async () => {
    const [session, peer] = sessions(memoryPair());
    const broker = new MuxBroker(session);
    session.on('stream', (stream) => broker.handle(stream));
    const gone = peer.open();
    gone.write(id(7));
    await delay(5);
    gone.reset();
    await delay(5);
    const accept = broker.accept(7);
    peer.open().write(id(7));
    expect((await accept).destroyed).toBe(false);
  });

  test('a stream that ends before its id does not stop the others', async () => {
    const [session, peer] = sessions(memoryPair());
    const broker = new MuxBroker(session);
    session.on('stream', (stream) => broker.handle(stream));
    peer.open().end();
    peer.open().end(Buffer.of(7, 0, 0));
    peer.open().reset();
    const silent = peer.open();
    peer.open().write(id(7));
    await broker.accept(7);
    expect(silent.destroyed).toBe(false);
  });

  test('a session that ends', async () => {
    const [host, plugin] = brokers();
    const accept = plugin.broker.accept(7);
    host.session.destroy();
    await expect(accept).rejects.toThrow('The session ended before anybody dialled broker id 7.');
    await expect(plugin.broker.accept(8)).rejects.toThrow('the session is over');
  });
});

test('a closed broker has no timers left', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
  const before = timers();
  const [host, plugin] = brokers();
  plugin.broker.accept(1).catch(() => {});
  host.broker.dial(2).catch(() => {});
  expect(timers()).toBeGreaterThan(before);
  host.broker.close();
  plugin.broker.close();
  host.session.destroy();
  await plugin.session.closed;
  await vi.waitFor(() => expect(timers()).toBe(before), EVENTUALLY);
});
