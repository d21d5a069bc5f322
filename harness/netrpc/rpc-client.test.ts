import { once } from 'node:events';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { Encoder, GobError, INT, STRING, struct, UINT, type GobType } from '../gob/index.js';
import { Tape } from '../tape/index.js';
import { ByteString, type Value } from '../value/index.js';
import { sessions, streamPair } from '../yamux/session-pair.util.js';
import { memoryPair, socketPair } from '../yamux/transport.util.js';
import { RpcClient, RpcServerError } from './index.js';
import { withRawPeer, type RawPeer } from './raw-peer.util.js';
import { INVALID_REQUEST, RESPONSE } from './wire.js';

const PATIENT = { timeoutMs: 20_000 };
const response = (Seq: Value, Error = ''): readonly [GobType, Value] => [
  RESPONSE,
  { ServiceMethod: 'Plugin.X', Seq, Error },
];

async function connect(): Promise<{ client: RpcClient; peer: RawPeer }> {
  const { ours, peer } = await withRawPeer();
  return { client: new RpcClient(ours, 'lamp'), peer };
}

describe('replies that nobody waits for', () => {
  test('one that comes after its time is late, a second one to it is stray', async () => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, { timeoutMs: 20 });
    await expect(call).rejects.toMatchObject({ code: 'RPC_TIMEOUT' });
    peer.send(response(0), [INT, 1]);
    peer.send(response(0), [INT, 1]);
    const next = client.call('Plugin.X', INT, 1, PATIENT);
    peer.send(response(1), [INT, 2]);
    expect((await next).value).toBe(2);
    expect({ late: client.lateReplies, stray: client.strayReplies }).toEqual({ late: 1, stray: 1 });
  });

  test.each([
    ['an unknown number', 77],
    ['a number that is not safe', 2n ** 64n - 1n],
    ['a number given out later', 1],
  ])('%s is stray', async (_, seq) => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    peer.send(response(seq), [STRING, 'for whom?']);
    peer.send(response(0), [STRING, 'for you']);
    expect((await call).value).toBe('for you');
    expect({ late: client.lateReplies, stray: client.strayReplies }).toEqual({ late: 0, stray: 1 });
  });

  test('one after the answer is stray', async () => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    peer.send(response(0), [INT, 1], response(0), [INT, 2], response(0, 'no'), [INVALID_REQUEST, {}]);
    expect((await call).value).toBe(1);
    expect(client.strayReplies).toBe(2);
  });
});

describe('headers', () => {
  const withoutSeq = struct('Response', { ServiceMethod: STRING, Error: STRING });
  const signedSeq = struct('Response', { ServiceMethod: STRING, Seq: INT, Error: STRING });
  const numericError = struct('Response', { ServiceMethod: STRING, Seq: UINT, Error: INT });
  const other = struct('Response', { Nothing: STRING, InCommon: INT });

  test.each<[string, GobType, Value, RegExp]>([
    ['a struct without Seq', withoutSeq, { ServiceMethod: 'Plugin.X' }, /Response: it has no Seq/],
    ['a signed Seq', signedSeq, { ServiceMethod: 'Plugin.X', Seq: 0 }, /does not fit at \.Seq/],
    ['an Error that is a number', numericError, { Seq: 0, Error: 5 }, /does not fit at \.Error/],
    ['another struct', other, { Nothing: 'x' }, /its type does not fit\./],
    ['a string', STRING, 'Response', /its type does not fit\./],
  ])('%s ends the connection', async (_, type, value, says) => {
    const { client, peer } = await connect();
    const calls = [client.call('Plugin.X', INT, 1, PATIENT), client.call('Plugin.Y', INT, 1, PATIENT)];
    peer.send([type, value], [INT, 1]);
    for (const call of calls) {
      await expect(call).rejects.toMatchObject({ code: 'RPC_PROTOCOL' });
      await expect(call).rejects.toThrow(says);
    }
    expect(client.lost).toMatchObject({ code: 'RPC_PROTOCOL' });
  });

  test('without Error and ServiceMethod is Go’s zero for both', async () => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    peer.send([struct('Response', { Seq: UINT }), { Seq: 0 }], [INT, 5]);
    expect((await call).value).toBe(5);
  });

  test('an error’s text that is not UTF-8 is an error all the same', async () => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    const Error = new ByteString(Buffer.from([0x6e, 0x6f, 0xff]));
    peer.send([RESPONSE, { ServiceMethod: '', Seq: 0, Error }], [INVALID_REQUEST, {}]);
    await expect(call).rejects.toBeInstanceOf(RpcServerError);
    await expect(call).rejects.toMatchObject({ text: 'no\ufffd' });
  });
});

describe('a connection that ends', () => {
  test('what came before garbage is answered, the rest is lost', async () => {
    const { client, peer } = await connect();
    const good = client.call('Plugin.X', INT, 1, PATIENT);
    const bad = client.call('Plugin.X', INT, 1, PATIENT);
    peer.stream.write(Buffer.concat([peer.encode(response(0), [INT, 5]), Buffer.from([0xf7, 1, 2, 3])]));
    expect((await good).value).toBe(5);
    await expect(bad).rejects.toMatchObject({ code: 'RPC_PROTOCOL' });
    await expect(bad).rejects.toThrow('The peer sent something that is not net/rpc: gob: ');
    // It is destroyed: nobody reads on in what cannot be read.
    await once(peer.stream, 'close');
  });

  test.each<[string, (peer: RawPeer) => Buffer, RegExp]>([
    ['between two replies', () => Buffer.alloc(0), /was closed by the other side/],
    [
      'between a header and its body',
      (peer) => peer.encode(response(0)),
      /between a net\/rpc header and its body/,
    ],
    [
      'in a message',
      (peer) => peer.encode(response(0), [STRING, 'text']).subarray(0, -2),
      /middle of a gob message/,
    ],
  ])('%s', async (_, bytes, says) => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    peer.stream.end(bytes(peer));
    await expect(call).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await expect(call).rejects.toThrow(says);
    // Our half is ended too.
    await once(peer.stream, 'end');
  });

  test('closed on this side: calls in flight are lost, and no reply is counted', async () => {
    const { client, peer } = await connect();
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    client.close();
    client.close();
    await expect(call).rejects.toThrow(
      'Plugin.X got no answer: The lamp connection was closed on this side.',
    );
    await expect(client.call('Plugin.X', INT, 1, PATIENT)).rejects.toThrow(
      'Plugin.X was not called: The lamp',
    );
    peer.send(response(0), [INT, 5]);
    peer.stream.end();
    await once(peer.stream, 'close');
    expect({ late: client.lateReplies, stray: client.strayReplies }).toEqual({ late: 0, stray: 0 });
  });

  test('a socket that breaks', async () => {
    const [near, far] = await socketPair();
    const client = new RpcClient(near, 'lamp');
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    near.destroy(new Error('cable cut'));
    await expect(call).rejects.toThrow('The stream broke: cable cut');
    far.destroy();
  });

  test('a yamux stream that the peer resets', async () => {
    const [near, far] = await streamPair(...sessions(memoryPair()));
    const client = new RpcClient(near, 'lamp');
    const call = client.call('Plugin.X', INT, 1, PATIENT);
    far.destroy();
    await expect(call).rejects.toMatchObject({
      code: 'RPC_CONNECTION_LOST',
      cause: { cause: { code: 'YAMUX_STREAM_RESET' } },
    });
  });

  test('a yamux session that ends, on either side', async () => {
    for (const side of [0, 1] as const) {
      const pair = sessions(memoryPair());
      const [near] = await streamPair(...pair);
      const client = new RpcClient(near, 'lamp');
      const call = client.call('Plugin.X', INT, 1, PATIENT);
      pair[side].destroy();
      await expect(call).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    }
  });
});

test('arguments that cannot be encoded are refused before anything is sent', async () => {
  const { client, peer } = await connect();
  await expect(client.call('Plugin.X', INT, 'five', PATIENT)).rejects.toBeInstanceOf(GobError);
  const call = client.call('Plugin.X', INT, 5, PATIENT);
  const [header, body] = await peer.has(2);
  expect(header?.value).toEqual({ ServiceMethod: 'Plugin.X', Seq: 1 });
  expect(body?.value).toBe(5);
  peer.send(response(1), [INT, 5]);
  await call;
});

test('the tape has calls, replies and losses', async () => {
  const { ours, peer } = await withRawPeer();
  const tape = new Tape();
  const client = new RpcClient(ours, 'lamp', tape);
  const calls = [5, 6, 7].map((n) => client.call('Plugin.X', INT, n, n === 7 ? { timeoutMs: 20 } : PATIENT));
  peer.send(response(0), [INT, 50]);
  peer.send(response(1, 'no'), [INVALID_REQUEST, {}]);
  await Promise.allSettled(calls);
  peer.send(response(2), [INT, 70], response(9), [INT, 90]);
  peer.stream.end();
  await once(ours, 'close');
  expect(tape.lines()).toMatchObject([
    { direction: 'out', connection: 'lamp', seq: 0, text: 'Plugin.X', value: 5 },
    { direction: 'out', seq: 1 },
    { direction: 'out', seq: 2 },
    { direction: 'in', seq: 0, text: 'reply', value: 50 },
    { direction: 'in', seq: 1, text: 'error: no' },
    { direction: 'in', seq: 2, text: 'no reply in 20 ms' },
    { direction: 'in', seq: 2, text: 'a reply that came too late' },
    { direction: 'in', seq: 9, text: 'a reply that no call waits for' },
    { direction: 'in', text: 'The lamp connection was closed by the other side.' },
  ]);
});

test('no bytes end in anything but a reply or an RpcError', async () => {
  const good = new Encoder().encodeAll([response(0), [STRING, 'reply']]);
  const spoiled = fc
    .tuple(fc.nat({ max: good.length - 1 }), fc.nat({ max: 255 }), fc.uint8Array({ maxLength: 40 }))
    .map(([at, byte, tail]) => {
      const bytes = Buffer.concat([good, tail]);
      bytes[at] = byte;
      return bytes;
    });
  const bytes = fc.oneof(spoiled, fc.uint8Array({ maxLength: 200 }));
  const judge = async (sent: Uint8Array): Promise<void> => {
    const [near, far] = memoryPair();
    const client = new RpcClient(near, 'lamp');
    const call = client.call('Plugin.X', INT, 1, PATIENT).then(
      () => 'a reply',
      (error: { code: string }) => error.code,
    );
    far.end(sent);
    far.resume();
    expect(['a reply', 'RPC_PROTOCOL', 'RPC_CONNECTION_LOST', 'RPC_SERVER_ERROR']).toContain(await call);
  };
  await fc.assert(fc.asyncProperty(bytes, judge), { numRuns: 500 });
});
