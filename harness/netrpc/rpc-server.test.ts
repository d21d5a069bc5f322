import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { INT, INTERFACE, STRING, struct, UINT, type GobType } from '../gob/index.js';
import { ByteString, type Value } from '../value/index.js';
import { EVENTUALLY } from '../test/eventually.util.js';
import { sessions, streamPair } from '../yamux/session-pair.util.js';
import { memoryPair } from '../yamux/transport.util.js';
import { MAX_RUNNING_CALLS, serveRpc, type RpcMethod, type RpcServerOptions } from './index.js';
import { RawPeer, withRawPeer } from './raw-peer.util.js';
import { REQUEST } from './wire.js';

const ECHO: RpcMethod = { args: INT, reply: INT, handle: (args) => args };

const services = (methods: Record<string, RpcMethod>): RpcServerOptions['services'] =>
  new Map([['Plugin', new Map(Object.entries(methods))]]);

async function serve(
  methods: Record<string, RpcMethod>,
  rest: Partial<RpcServerOptions> = {},
): Promise<RawPeer> {
  const { ours, peer } = await withRawPeer();
  serveRpc(ours, { services: services(methods), ...rest });
  return peer;
}

const request = (ServiceMethod: Value, Seq: Value): readonly [GobType, Value] => [
  REQUEST,
  { ServiceMethod, Seq },
];

describe('what a handler throws is the error’s text', () => {
  test.each<[string, unknown, string]>([
    ['an Error', new Error('no such lamp'), 'no such lamp'],
    ['a TypeError without a text', new TypeError(''), 'TypeError'],
    ['a string', 'plain', 'plain'],
    ['nothing', undefined, 'undefined'],
    ['an empty string', '', 'an error without a text'],
    ['an object without a prototype', Object.create(null), '[Object: null prototype] {}'],
    ['half a surrogate pair', new Error('x\ud83d'), 'x\ufffd'],
  ])('%s', async (_, thrown, text) => {
    const fail: RpcMethod['handle'] = () => {
      throw thrown;
    };
    const peer = await serve({
      Throws: { ...ECHO, handle: fail },
      Rejects: { ...ECHO, handle: () => Promise.reject(thrown) },
    });
    peer.send(request('Plugin.Throws', 0), [INT, 1], request('Plugin.Rejects', 1), [INT, 1]);
    const [first, , second] = await peer.has(4);
    expect(first?.value).toMatchObject({ Error: text });
    expect(second?.value).toMatchObject({ Error: text });
    // The connection goes on.
    peer.send(request('Plugin.None', 2), [INT, 1]);
    expect((await peer.has(6))[4]?.value).toMatchObject({ Seq: 2 });
  });
});

test('sequence numbers come back as they were sent', async () => {
  const peer = await serve({ Echo: ECHO });
  for (const seq of [0, 7, 7, 2n ** 64n - 1n]) peer.send(request('Plugin.Echo', seq), [INT, 5]);
  const values = await peer.has(8);
  expect(values.filter((_, n) => n % 2 === 0).map(({ value }) => (value as { Seq: Value }).Seq)).toEqual([
    0,
    7,
    7,
    2n ** 64n - 1n,
  ]);
});

test('a method’s name that is not UTF-8 comes back as it was sent', async () => {
  const peer = await serve({ Echo: ECHO });
  const name = new ByteString(Uint8Array.of(0x50, 0xff));
  peer.send(request(name, 1), [INT, 5]);
  expect((await peer.has(2))[0]?.value).toEqual({
    ServiceMethod: name,
    Seq: 1,
    Error: 'rpc: service/method request ill-formed: P\ufffd',
  });
});

test('a method may take what gob would refuse', async () => {
  const accepts = ({ kind }: GobType): boolean => kind === 'string';
  const peer = await serve({ Any: { args: INT, reply: INTERFACE, accepts, handle: () => null } });
  peer.send(request('Plugin.Any', 0), [STRING, 'a word']);
  expect((await peer.has(2))[0]?.value).toMatchObject({ Error: '' });
});

test.each<[string, GobType, Value]>([
  ['no struct', STRING, 'Request'],
  ['a struct without Seq', struct('Request', { ServiceMethod: STRING }), { ServiceMethod: 'Plugin.Echo' }],
  [
    'a method that is a number',
    struct('Request', { ServiceMethod: INT, Seq: UINT }),
    { ServiceMethod: 1, Seq: 1 },
  ],
])('a header that is %s ends the connection', async (_, type, value) => {
  const peer = await serve({ Echo: ECHO });
  peer.send([type, value], [INT, 1]);
  await once(peer.stream, 'close');
  expect(peer.received).toEqual([]);
});

function deferred(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let settle: ((value: Value) => void) | undefined;
  const promise = new Promise<Value>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: (value) => settle?.(value) };
}

test('a caller that ends its side gets the answers to what is running', async () => {
  const { promise, resolve } = deferred();
  const [near, far] = await streamPair(...sessions(memoryPair()));
  serveRpc(far, { services: services({ Wait: { ...ECHO, handle: () => promise } }) });
  const peer = new RawPeer(near);
  peer.stream.end(peer.encode(request('Plugin.Wait', 0), [INT, 1]));
  await delay(20);
  resolve(9);
  const [header, body] = await peer.has(2);
  expect([header?.value, body?.value]).toEqual([{ ServiceMethod: 'Plugin.Wait', Seq: 0, Error: '' }, 9]);
  await once(peer.stream, 'end');
});

test('a caller that is gone leaves nothing that throws', async () => {
  const { promise, resolve } = deferred();
  const peer = await serve({ Wait: { ...ECHO, handle: () => promise } });
  peer.send(request('Plugin.Wait', 0), [INT, 1]);
  peer.stream.destroy();
  await delay(20);
  resolve(9);
  await promise;
  await delay(20);
  expect(peer.received).toEqual([]);
});

test('a reply that gob cannot send ends the connection after the ones before it', async () => {
  const told: Error[] = [];
  const peer = await serve(
    { Echo: ECHO, Bad: { ...ECHO, handle: () => 'no number' } },
    { onUnencodable: (error) => told.push(error) },
  );
  peer.send(request('Plugin.Echo', 0), [INT, 5]);
  await peer.has(2);
  peer.send(request('Plugin.Bad', 1), [INT, 5], request('Plugin.Echo', 2), [INT, 5]);
  await once(peer.stream, 'end');
  expect(peer.received).toHaveLength(2);
  expect(told).toMatchObject([{ code: 'GOB_UNENCODABLE' }]);
});

describe('a caller that asks for more than it takes', () => {
  const KIB = 1024;

  test('replies that it does not read stop us from reading', async () => {
    // By yamux, where the window is known: 256 KiB.
    const [near, far] = await streamPair(...sessions(memoryPair()));
    let calls = 0;
    const big = Buffer.alloc(64 * KIB).toString();
    const handle = (): Value => {
      calls += 1;
      return big;
    };
    serveRpc(far, { services: services({ Big: { args: INT, reply: STRING, handle } }) });
    const peer = new RawPeer(near);
    near.pause();
    const asked = 2_000;
    for (let n = 0; n < asked; n++) {
      if (!near.write(peer.encode(request('Plugin.Big', n), [INT, 1]))) await delay(1);
    }
    await delay(100);
    // Up to 128 MiB of replies would lie here.
    expect(far.writableLength).toBeLessThan(16 * KIB * KIB);
    expect(calls).toBeLessThan(asked / 2);
    near.resume();
    await peer.has(2 * asked);
    expect(calls).toBe(asked);
  });

  test('calls that are never answered stop us from reading', async () => {
    const [near, far] = await streamPair(...sessions(memoryPair()));
    let calls = 0;
    const release: (() => void)[] = [];
    const handle = (): Promise<Value> => {
      calls += 1;
      return new Promise((resolve) => release.push(() => resolve(1)));
    };
    serveRpc(far, { services: services({ Wait: { args: STRING, reply: INT, handle } }) });
    const peer = new RawPeer(near);
    const asked = 2 * MAX_RUNNING_CALLS;
    // Large enough that not all of them fit the window.
    const padding = Buffer.alloc(512).toString();
    for (let n = 0; n < asked; n++) near.write(peer.encode(request('Plugin.Wait', n), [STRING, padding]));
    await vi.waitFor(() => expect(calls).toBe(MAX_RUNNING_CALLS), EVENTUALLY);
    await delay(100);
    expect(calls).toBe(MAX_RUNNING_CALLS);
    const answering = setInterval(() => release.splice(0).forEach((answer) => answer()), 5);
    onTestFinished(() => clearInterval(answering));
    await peer.has(2 * asked);
    expect(calls).toBe(asked);
  });
});
