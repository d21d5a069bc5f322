import { once } from 'node:events';

import { expect, test, vi } from 'vitest';

import { drain } from './bytes.util.js';
import { FLAG, FRAME_TYPE, INITIAL_WINDOW } from './constants.js';
import { YamuxSession } from './index.js';
import { expectNothingLeft, expectNothingUnhandled } from './leftovers.util.js';
import { ACK, DATA, FIN, GO_AWAY, PING, rawPeer, RST, SYN, WINDOW } from './raw-peer.util.js';
import { sessions, streamPair } from './session-pair.util.js';
import { memoryPair, socketPair } from './transport.util.js';

expectNothingLeft();
expectNothingUnhandled();
vi.setConfig({ testTimeout: 30_000 });

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
  const peer = await rawPeer({ keepAliveMs: 1, writeTimeoutMs: 1000 });
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
