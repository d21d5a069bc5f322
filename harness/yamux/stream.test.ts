import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';

import { expect, onTestFinished, test, vi } from 'vitest';

import { drain, MIB, source } from './bytes.util.js';
import { FRAME_TYPE, INITIAL_WINDOW } from './constants.js';
import { eventually } from './eventually.util.js';
import { YamuxSession, type YamuxStream } from './index.js';
import { expectNothingLeft, expectNothingUnhandled } from './leftovers.util.js';
import { ACK, DATA, FIN, rawPeer, RST, SYN, WINDOW } from './raw-peer.util.js';
import { sessions, streamPair } from './session-pair.util.js';
import { memoryPair, socketPair } from './transport.util.js';
import { WindowMeter } from './window-meter.util.js';

expectNothingLeft();
expectNothingUnhandled();
vi.setConfig({ testTimeout: 30_000 });

test('the first frame is a SYN on a window update; data follows without an ACK', async () => {
  const peer = await rawPeer();
  peer.session.open().write('now');
  await peer.gets({ type: DATA, streamId: 1, length: 3 });
  expect(peer.received().map(({ type, flags, streamId, length }) => [type, flags, streamId, length])).toEqual(
    [
      [WINDOW, SYN, 1, 0],
      [DATA, 0, 1, 3],
    ],
  );
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
  await eventually(() => streams[0]!.errored).toMatchObject({ code: 'YAMUX_STREAM_RESET' });
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
  await eventually(() => peer.session.streams).toBe(1);
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
  await eventually(() => meter.flow('out', slow.id).bytes).toBe(INITIAL_WINDOW);
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
