import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';

import { drain, MIB, source } from './bytes.util.js';
import { FLAG, FRAME_TYPE, INITIAL_WINDOW } from './constants.js';
import { YamuxSession, type YamuxSessionOptions, type YamuxStream } from './index.js';
import { ACK, DATA, FIN, GO_AWAY, PING, rawPeer, RST, SYN, WINDOW } from './raw-peer.util.js';
import { tlsPair } from './tls.util.js';
import { expectNothingLeft, memoryPair, socketPair } from './transport.util.js';
import { WindowMeter } from './window-meter.util.js';

expectNothingLeft();

const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
beforeEach(() => {
  process.on('unhandledRejection', onUnhandled);
});
afterEach(async () => {
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', onUnhandled);
  assert.deepEqual(unhandled.splice(0), []);
});

type Options = Partial<YamuxSessionOptions>;

function sessions(
  [near, far]: [Duplex, Duplex],
  client: Options = {},
  server: Options = {},
): [YamuxSession, YamuxSession] {
  const pair: [YamuxSession, YamuxSession] = [
    new YamuxSession(near, { role: 'client', ...client }),
    new YamuxSession(far, { role: 'server', ...server }),
  ];
  onTestFinished(() => pair.forEach((session) => session.destroy()));
  return pair;
}

/** A stream, both ends of it. */
async function streamPair(client: YamuxSession, server: YamuxSession): Promise<[YamuxStream, YamuxStream]> {
  const delivered = once(server, 'stream') as Promise<[YamuxStream]>;
  const near = client.open();
  const [far] = await delivered;
  return [near, far];
}

const oddCuts = (bytes: Buffer): Buffer[] => {
  const parts: Buffer[] = [];
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 40_009) {
    parts.push(bytes.subarray(at, at + size));
  }
  return parts;
};

describe.each([
  ['a unix socket', socketPair],
  ['TLS', tlsPair],
  ['a Duplex in memory', () => Promise.resolve(memoryPair())],
  ['a Duplex that cuts at odd places', () => Promise.resolve(memoryPair(oddCuts))],
])('over %s', (_name, transports: () => Promise<[Duplex, Duplex]>) => {
  test('8 MiB each way over four streams at once', { timeout: 30_000 }, async () => {
    const meter = new WindowMeter();
    const [client, server] = sessions(await transports(), { onFrame: meter.onFrame });
    const transfer = async (from: YamuxStream, to: YamuxStream, seed: number): Promise<void> => {
      const sent = source(2 * MIB, seed);
      const [, arrived] = await Promise.all([pipeline(sent.readable, from), drain(to)]);
      expect(arrived).toEqual({ bytes: 2 * MIB, sha256: sent.sha256() });
    };
    const pairs = [
      await streamPair(client, server),
      await streamPair(server, client),
      await streamPair(client, server),
      await streamPair(server, client),
    ];
    await Promise.all(pairs.flatMap(([a, b], i) => [transfer(a, b, i), transfer(b, a, i + 9)]));
    expect(meter.violations).toEqual([]);
    expect([client.streams, server.streams]).toEqual([0, 0]);
    await Promise.all([client.close(), server.close()]);
  });

  test('close() is seen by the peer as a go-away', async () => {
    const [client, server] = sessions(await transports());
    const [near, far] = await streamPair(client, server);
    near.write('last words');
    await client.close();
    expect(await client.closed).toEqual({ reason: 'local' });
    expect(await server.closed).toEqual({ reason: 'remote-go-away' });
    expect(await drain(far)).toMatchObject({ bytes: 10 });
  });
});

describe('streams', () => {
  test('the first frame is a SYN on a window update; data follows without an ACK', async () => {
    const peer = await rawPeer();
    peer.session.open().write('now');
    await peer.gets({ type: DATA, streamId: 1, length: 3 });
    expect(
      peer.received().map(({ type, flags, streamId, length }) => [type, flags, streamId, length]),
    ).toEqual([
      [WINDOW, SYN, 1, 0],
      [DATA, 0, 1, 3],
    ]);
  });

  test.each([WINDOW, DATA])('an ACK on a frame of type %i acknowledges', async (type) => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    peer.send(type, ACK, 1);
    await expect(stream.acknowledged).resolves.toBeUndefined();
  });

  test('acknowledged rejects when the stream is reset by either side', async () => {
    const peer = await rawPeer();
    const [theirs, ours] = [peer.session.open(), peer.session.open()];
    peer.send(WINDOW, RST, theirs.id);
    await expect(theirs.acknowledged).rejects.toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    ours.reset();
    await expect(ours.acknowledged).rejects.toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    await peer.gets({ flags: RST, streamId: ours.id });
  });

  test('nobody has to look at acknowledged, or at errors', async () => {
    const peer = await rawPeer();
    const streams = [peer.session.open(), peer.session.open()];
    peer.send(WINDOW, RST, streams[0]!.id);
    await expect.poll(() => streams[0]!.errored).toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    peer.socket.destroy();
    await peer.session.closed;
    expect(streams[1]!.errored).toMatchObject({ code: 'YAMUX_SESSION_ENDED' });
  });

  test('256 may wait for their acknowledgement, then one more for each that got it', async () => {
    const peer = await rawPeer();
    const first = peer.session.open();
    for (let i = 1; i < 256; i++) peer.session.open();
    expect(() => peer.session.open()).toThrow(/has not acknowledged 256 yamux streams, the limit is 256/);
    peer.send(WINDOW, ACK, first.id);
    await first.acknowledged;
    expect(peer.session.open().id).toBe(513);
    expect(() => peer.session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_TOO_MANY_STREAMS' }));
  });

  test('a stream that ends unacknowledged gives its place back', async () => {
    const peer = await rawPeer({ limits: { acceptBacklog: 1 } });
    peer.session.open().reset();
    const second = peer.session.open();
    peer.send(WINDOW, RST, second.id);
    await expect(second.acknowledged).rejects.toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    expect(peer.session.open().id).toBe(5);
  });

  test('once() takes one stream; the next is not acknowledged before somebody wants it', async () => {
    const peer = await rawPeer();
    peer.send(WINDOW, SYN, 2);
    peer.send(WINDOW, SYN, 4);
    await peer.settled();
    const [first] = (await once(peer.session, 'stream')) as [YamuxStream];
    expect(first.id).toBe(2);
    await peer.settled();
    expect(peer.received().filter(({ flags, type }) => type === WINDOW && flags === ACK)).toHaveLength(1);
    const [second] = (await once(peer.session, 'stream')) as [YamuxStream];
    expect(second.id).toBe(4);
    await second.acknowledged;
    await peer.gets({ type: WINDOW, flags: ACK, streamId: 4 });
  });

  test('an empty write is no frame', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    await new Promise((resolve) => stream.write('', resolve));
    await peer.settled();
    expect(peer.received().filter(({ type }) => type === DATA)).toEqual([]);
  });

  test('a stream that was cut off does not claim to have finished', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    stream.on('finish', () => expect.unreachable());
    peer.send(DATA, 0, 1, 'the last that came');
    await peer.settled();
    peer.socket.destroy();
    await peer.session.closed;
    stream.end();
    const failed = once(stream, 'error');
    expect(String((await once(stream, 'data'))[0])).toBe('the last that came');
    expect(await failed).toMatchObject([{ code: 'YAMUX_SESSION_ENDED' }]);
  });

  test('acknowledgements that were never asked for give no credit', async () => {
    const peer = await rawPeer({ limits: { acceptBacklog: 1 } });
    peer.send(WINDOW, SYN | ACK, 2);
    peer.send(WINDOW, ACK, 2);
    await expect.poll(() => peer.session.streams).toBe(1);
    const stream = peer.session.open();
    peer.send(WINDOW, ACK, stream.id);
    peer.send(WINDOW, ACK, stream.id);
    await stream.acknowledged;
    peer.session.open();
    expect(() => peer.session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_TOO_MANY_STREAMS' }));
  });

  test('both halves closed: gone without a reset', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open().resume();
    stream.end('bye');
    peer.send(DATA, FIN, 1, 'bye');
    await once(stream, 'close');
    expect(stream.errored).toBeNull();
    await peer.settled();
    expect(peer.received().map(({ flags }) => flags)).toEqual([SYN, 0, FIN, ACK]);
    expect(peer.session.streams).toBe(0);
  });

  test('destroyed before its end: reset, and its pending write fails', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    const written = new Promise((resolve) => stream.write(Buffer.alloc(INITIAL_WINDOW + 1), resolve));
    await peer.gets({ type: DATA });
    stream.destroy();
    expect(await written).toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    await peer.gets({ flags: RST, streamId: 1 });
  });

  test('what a peer sends to a stream that we reset is dropped', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    stream.reset();
    peer.send(DATA, 0, 1, 'late');
    await peer.settled();
    expect(stream.readableLength).toBe(0);
  });

  test('the window is given back as the reader reads, in halves', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    const updates = (): number[] =>
      peer
        .received()
        .filter(({ type, flags }) => type === WINDOW && flags === 0)
        .map(({ length }) => length);
    for (let i = 0; i < 4; i++) peer.send(DATA, 0, 1, Buffer.alloc(INITIAL_WINDOW / 4, i));
    await once(stream, 'readable');
    await peer.settled();
    let read = 0;
    const readSome = async (bytes: number): Promise<void> => {
      for (const until = read + bytes; read < until;) {
        const chunk = (stream.read(Math.min(1000, until - read)) ?? stream.read()) as Buffer | null;
        if (chunk) read += chunk.length;
        else await once(stream, 'readable');
      }
      await peer.settled();
    };
    await readSome(INITIAL_WINDOW / 2 - 1000);
    expect(updates()).toEqual([]);
    await readSome(1000);
    expect(updates()).toHaveLength(1);
    expect(updates()[0]).toBeGreaterThanOrEqual(INITIAL_WINDOW / 2);
    await readSome(INITIAL_WINDOW - read);
    expect(updates().reduce((a, b) => a + b)).toBeLessThanOrEqual(INITIAL_WINDOW);
  });

  test('a paused stream holds its peer up, and no other stream', async () => {
    const meter = new WindowMeter();
    const [client, server] = sessions(await socketPair(), { onFrame: meter.onFrame });
    const [slow, slowFar] = await streamPair(client, server);
    const [quick, quickFar] = await streamPair(client, server);
    const stuck = source(MIB, 1);
    const sending = pipeline(stuck.readable, slow);
    await expect.poll(() => meter.flow('out', slow.id).bytes).toBe(INITIAL_WINDOW);
    const flowing = source(MIB, 2);
    const [, arrived] = await Promise.all([pipeline(flowing.readable, quick), drain(quickFar)]);
    expect(arrived.sha256).toBe(flowing.sha256());
    expect(meter.flow('out', slow.id).bytes).toBe(INITIAL_WINDOW);
    const [late] = await Promise.all([drain(slowFar), sending]);
    expect(late.sha256).toBe(stuck.sha256());
  });

  test('streams with much to send take turns, frame by frame', async () => {
    const order: number[] = [];
    const peer = await rawPeer({
      onFrame: (direction, { type, streamId }) => {
        if (direction === 'out' && type === FRAME_TYPE.data) order.push(streamId);
      },
    });
    const streams = [peer.session.open(), peer.session.open(), peer.session.open()];
    for (const { id } of streams) peer.send(WINDOW, ACK, id, MIB);
    await Promise.all(streams.map(({ acknowledged }) => acknowledged));
    for (const stream of streams) stream.end(Buffer.alloc(MIB));
    await Promise.all(streams.map((stream) => once(stream, 'finish')));
    // 64 KiB a frame, of which four find room before the first transport write.
    expect(order).toHaveLength(48);
    expect(order.slice(0, 4)).toEqual([1, 1, 1, 1]);
    expect(order.slice(4, 34)).toEqual(Array.from({ length: 10 }, () => [1, 3, 5]).flat());
  });

  test('many small writes of one tick are one transport write', async () => {
    const [near, far] = memoryPair();
    const chunks: Buffer[] = [];
    far.on('data', (chunk: Buffer) => chunks.push(chunk));
    const session = new YamuxSession(near, { role: 'client' });
    onTestFinished(() => session.destroy());
    const streams = Array.from({ length: 4 }, () => session.open());
    for (let i = 0; i < 32; i++) streams[i % 4]!.write(`call ${i}`);
    await once(far, 'data');
    await new Promise((resolve) => setImmediate(resolve));
    expect(chunks).toHaveLength(1);
  });

  test('corked writes are one frame', async () => {
    const peer = await rawPeer();
    const stream = peer.session.open();
    stream.cork();
    for (const part of ['head', '', 'er', ' body']) stream.write(part);
    stream.uncork();
    await peer.settled();
    const frames = peer.received().filter(({ type }) => type === DATA);
    expect(frames.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['header body']);
  });
});

describe('sessions', () => {
  test('onFrame sees every frame of both directions in order', async () => {
    const seen: unknown[] = [];
    const [client, server] = sessions(await socketPair(), {
      onFrame: (direction, header, payload) => seen.push([direction, header, String(payload ?? '')]),
    });
    const [near, far] = await streamPair(client, server);
    await near.acknowledged;
    near.end('question');
    await drain(far);
    far.end('answer');
    await drain(near);
    const frame = (type: number, flags: number, length = 0): object => ({ type, flags, streamId: 1, length });
    expect(seen).toEqual([
      ['out', frame(FRAME_TYPE.windowUpdate, FLAG.syn), ''],
      ['in', frame(FRAME_TYPE.windowUpdate, FLAG.ack), ''],
      ['out', frame(FRAME_TYPE.data, 0, 8), 'question'],
      ['out', frame(FRAME_TYPE.windowUpdate, FLAG.fin), ''],
      ['in', frame(FRAME_TYPE.data, 0, 6), 'answer'],
      ['in', frame(FRAME_TYPE.windowUpdate, FLAG.fin), ''],
    ]);
  });

  test('ping: the round trip, or a timeout, or the end of the session', async () => {
    const peer = await rawPeer();
    const answered = peer.session.ping(5000);
    await peer.gets({ type: PING, flags: SYN, length: 0 });
    peer.send(PING, ACK, 0, 0);
    expect(await answered).toBeGreaterThan(0);
    await expect(peer.session.ping(1)).rejects.toMatchObject({
      code: 'YAMUX_PING_TIMEOUT',
      message: expect.stringContaining('within 1 ms'),
    });
    const hopeless = peer.session.ping(60_000);
    peer.socket.destroy();
    await expect(hopeless).rejects.toMatchObject({ code: 'YAMUX_SESSION_ENDED' });
  });

  test('no more than maxPings wait', async () => {
    const peer = await rawPeer({ limits: { maxPings: 2 } });
    const waiting = Promise.allSettled([peer.session.ping(60_000), peer.session.ping(60_000)]);
    await expect(peer.session.ping(60_000)).rejects.toMatchObject({ code: 'YAMUX_TOO_MANY_PINGS' });
    peer.session.destroy();
    expect((await waiting).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('keepalive: an answer keeps it, silence ends it', async () => {
    const peer = await rawPeer({ keepAliveMs: 1, writeTimeoutMs: 200 });
    for (let i = 0; i < 3; i++) {
      await peer.gets({ type: PING, flags: SYN, length: i });
      peer.send(PING, ACK, 0, i);
    }
    const stream = peer.session.open();
    expect(await peer.session.closed).toMatchObject({
      reason: 'keepalive',
      error: { code: 'YAMUX_KEEPALIVE' },
    });
    expect(stream.errored).toMatchObject({ code: 'YAMUX_SESSION_ENDED' });
  });

  test('without keepAliveMs nothing is sent by itself', async () => {
    const peer = await rawPeer({ keepAliveMs: false });
    await peer.session.ping(50).catch(() => {});
    expect(peer.received()).toHaveLength(1);
  });

  test.each([
    [1, 'protocol error'],
    [2, 'internal error'],
    [77, 'unknown code'],
  ])('a go-away with code %i ends the session', async (code, name) => {
    const peer = await rawPeer();
    const seen = once(peer.session, 'goAway');
    peer.send(GO_AWAY, 0, 0, code);
    expect(await seen).toEqual([code]);
    expect(await peer.session.closed).toMatchObject({
      reason: 'remote-go-away',
      error: { code: 'YAMUX_REMOTE_GO_AWAY', message: expect.stringContaining(`${code} (${name})`) },
    });
  });

  test('after goAway() incoming streams are reset', async () => {
    const peer = await rawPeer();
    peer.session.on('stream', () => expect.unreachable());
    peer.session.goAway();
    await peer.gets({ type: GO_AWAY, length: 0 });
    peer.send(DATA, SYN, 2, 'too late');
    await peer.gets({ flags: RST, streamId: 2 });
    expect(peer.session.open().id).toBe(1);
  });

  test('the transport ends between frames, or within one', async () => {
    const whole = await rawPeer();
    whole.send(PING, SYN, 0, 1);
    whole.socket.end();
    expect(await whole.session.closed).toEqual({ reason: 'transport-closed' });
    const cut = await rawPeer();
    cut.socket.end(Buffer.from('0000000000010000000a61', 'hex'));
    expect(await cut.session.closed).toMatchObject({
      reason: 'transport-closed',
      error: { code: 'YAMUX_TRUNCATED', message: expect.stringContaining('after 11 bytes') },
    });
  });

  test('the transport fails', async () => {
    const [near] = memoryPair();
    const session = new YamuxSession(near, { role: 'client' });
    near.destroy(new Error('cable pulled'));
    expect(await session.closed).toMatchObject({
      reason: 'transport-error',
      error: { code: 'YAMUX_TRANSPORT', message: expect.stringContaining('cable pulled') },
    });
  });

  test('a transport that is closed already', async () => {
    const [near] = memoryPair();
    near.destroy();
    await once(near, 'close');
    const session = new YamuxSession(near, { role: 'client' });
    expect(await session.closed).toEqual({ reason: 'transport-closed' });
    await session.close();
  });

  test('destroy(): at once; streams fail only if there is an error', async () => {
    const quiet = await rawPeer();
    const stream = quiet.session.open();
    quiet.session.destroy();
    expect(await quiet.session.closed).toEqual({ reason: 'local' });
    expect([stream.destroyed, stream.errored]).toEqual([true, null]);

    const loud = await rawPeer();
    const other = loud.session.open();
    loud.session.destroy(new Error('enough'));
    expect(await loud.session.closed).toMatchObject({
      reason: 'local',
      error: { code: 'YAMUX_SESSION_ENDED' },
    });
    expect(other.errored).toMatchObject({ message: expect.stringContaining('enough') });
  });

  test('close() sends go-away, then all that was written, then FINs; twice is once', async () => {
    const peer = await rawPeer();
    peer.session.open().write('a');
    const [ended] = await Promise.all([peer.session.closed, peer.session.close(), peer.session.close()]);
    expect(ended).toEqual({ reason: 'local' });
    expect(peer.received().map(({ type, flags }) => [type, flags])).toEqual([
      [WINDOW, SYN],
      [DATA, 0],
      [GO_AWAY, 0],
      [WINDOW, FIN],
    ]);
    expect(() => peer.session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_SESSION_ENDED' }));
    await expect(peer.session.ping(1)).rejects.toMatchObject({ code: 'YAMUX_SESSION_ENDED' });
  });

  test('close() does not wait for ever: neither for a window nor for a peer that stays', async () => {
    const [near, far] = memoryPair();
    const session = new YamuxSession(near, { role: 'client', writeTimeoutMs: 20 });
    far.resume();
    const stream = session.open();
    stream.write(Buffer.alloc(INITIAL_WINDOW * 2));
    const closing = session.close();
    expect(() => session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_SESSION_ENDED' }));
    await closing;
    expect(stream.destroyed).toBe(true);
    expect(near.destroyed).toBe(true);
  });

  test('a listener that throws ends the session, and its error is not swallowed', async () => {
    const [near, far] = memoryPair();
    const session = new YamuxSession(near, { role: 'client' });
    session.on('stream', () => {
      throw new Error('my own');
    });
    // Stands for the socket that would make it an uncaught exception.
    near.removeAllListeners('error');
    const chunk = Buffer.from('000100010000000200000000', 'hex');
    far.resume();
    await new Promise((resolve) => setImmediate(resolve));
    expect(() => near.emit('data', chunk)).toThrow('my own');
    expect(await session.closed).toMatchObject({ reason: 'local', error: { cause: { message: 'my own' } } });
  });
});
