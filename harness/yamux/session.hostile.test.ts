import { once } from 'node:events';

import * as fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

import { naiveEncode } from './codec.util.js';
import { INITIAL_WINDOW } from './constants.js';
import { eventually } from './eventually.util.js';
import { YamuxError, YamuxSession, type YamuxStream } from './index.js';
import { expectNothingLeft, expectNothingUnhandled } from './leftovers.util.js';
import { ACK, DATA, FIN, GO_AWAY, PING, rawPeer, RST, SYN, WINDOW, type RawPeer } from './raw-peer.util.js';
import { memoryPair } from './transport.util.js';
import { WindowMeter } from './window-meter.util.js';

expectNothingLeft();
expectNothingUnhandled();
vi.setConfig({ testTimeout: 30_000 });

describe('a peer that breaks the protocol ends its session', () => {
  const open = (peer: RawPeer): YamuxStream => {
    const stream = peer.session.open();
    peer.send(WINDOW, ACK, stream.id);
    return stream;
  };
  const cases: [string, string, (peer: RawPeer) => void][] = [
    [
      'a frame longer than the window',
      'YAMUX_FRAME_TOO_LARGE',
      ({ send }) => send(DATA, 0, 1, INITIAL_WINDOW + 1),
    ],
    ['4 GiB for an unknown stream', 'YAMUX_FRAME_TOO_LARGE', ({ send }) => send(DATA, 0, 77, 0xffff_ffff)],
    ['an unknown type', 'YAMUX_TYPE', ({ send }) => send(4, 0, 0)],
    [
      'an unknown version',
      'YAMUX_VERSION',
      ({ socket }) => socket.write(naiveEncode({ version: 1, type: DATA, flags: 0, streamId: 0, length: 0 })),
    ],
    [
      'something that is not yamux',
      'YAMUX_VERSION',
      ({ socket }) => socket.write('HTTP/1.1 400 Bad Request\r\n'),
    ],
    [
      'data beyond the window, in one frame too many',
      'YAMUX_WINDOW_EXCEEDED',
      (peer) => {
        open(peer);
        peer.send(DATA, 0, 1, Buffer.alloc(INITIAL_WINDOW));
        peer.send(DATA, 0, 1, 'x');
      },
    ],
    [
      'a window beyond 2^32-1',
      'YAMUX_WINDOW_OVERFLOW',
      (peer) => {
        open(peer);
        peer.send(WINDOW, 0, 1, 0xffff_ffff - INITIAL_WINDOW);
        peer.send(WINDOW, 0, 1, 1);
      },
    ],
    [
      'a SYN for a stream that the peer opened',
      'YAMUX_DUPLICATE_STREAM',
      ({ send }) => {
        send(WINDOW, SYN, 2);
        send(WINDOW, SYN, 2);
      },
    ],
    [
      'a SYN for a stream that we opened',
      'YAMUX_DUPLICATE_STREAM',
      (peer) => {
        open(peer);
        peer.send(WINDOW, SYN, 1);
      },
    ],
    [
      'a second FIN',
      'YAMUX_UNEXPECTED_FIN',
      (peer) => {
        open(peer);
        peer.send(DATA, FIN, 1, 'last');
        peer.send(WINDOW, FIN, 1);
      },
    ],
  ];

  test.each(cases)('%s: %s', async (_name, code, attack) => {
    const peer = await rawPeer();
    attack(peer);
    const end = await peer.session.closed;
    expect(end).toMatchObject({ reason: 'protocol-error', error: { code } });
    expect(end.error).toBeInstanceOf(YamuxError);
    await peer.gets({ type: GO_AWAY, length: 1 });
    peer.socket.end();
    expect(peer.session.streams).toBe(0);
    expect(() => peer.session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_SESSION_ENDED' }));
    await expect(peer.session.ping(1000)).rejects.toMatchObject({ code: 'YAMUX_SESSION_ENDED' });
  });

  test('the last window that fits in 32 bits is no error', async () => {
    const peer = await rawPeer();
    open(peer);
    peer.send(WINDOW, 0, 1, 0xffff_ffff - INITIAL_WINDOW);
    await peer.settled();
    expect(peer.session.streams).toBe(1);
  });

  test('destroy() after that does not wait for the peer', async () => {
    const peer = await rawPeer();
    const gone = once(peer.socket, 'close');
    peer.send(9, 0, 0);
    await peer.session.closed;
    expect(peer.socket.destroyed).toBe(false);
    peer.session.destroy();
    await peer.session.close();
    await gone;
  });

  test('its streams fail with the reason; what was read stays read', async () => {
    const peer = await rawPeer();
    const stream = open(peer);
    const failed = once(stream, 'error');
    stream.resume();
    peer.send(9, 0, 0);
    expect(await failed).toMatchObject([
      {
        code: 'YAMUX_SESSION_ENDED',
        cause: { code: 'YAMUX_TYPE' },
        message: expect.stringContaining('type 9'),
      },
    ]);
  });
});

describe('what Go lets pass, passes', () => {
  test.each<[string, (peer: RawPeer) => void]>([
    ['data for an unknown stream', ({ send }) => send(DATA, 0, 9, 'lost')],
    [
      'a whole window of data for an unknown stream',
      ({ send }) => send(DATA, 0, 9, Buffer.alloc(INITIAL_WINDOW)),
    ],
    ['a window update for an unknown stream', ({ send }) => send(WINDOW, 0, 9, 0xffff_ffff)],
    ['FIN, RST and ACK for an unknown stream', ({ send }) => send(WINDOW, ACK | FIN | RST, 9)],
    ['data for stream 0', ({ send }) => send(DATA, 0, 0, 'lost')],
    ['an answer to a ping that was never sent', ({ send }) => send(PING, ACK, 0, 12)],
    ['a ping on a stream', ({ send }) => send(PING, SYN, 5, 12)],
    ['flags that do not exist', ({ send }) => send(WINDOW, 0xfff0, 9)],
    [
      'frames after an RST',
      ({ session, send }) => {
        session.open();
        send(WINDOW, RST, 1);
        send(DATA, 0, 1, 'late');
        send(WINDOW, 0, 1, 7);
        send(WINDOW, FIN, 1);
        send(WINDOW, RST, 1);
      },
    ],
    [
      'frames after both FINs',
      ({ session, send }) => {
        session.open().end();
        send(WINDOW, FIN, 1);
        send(DATA, 0, 1, 'late');
        send(WINDOW, FIN, 1);
      },
    ],
    [
      'data of length 0, and data after a FIN',
      ({ session, send }) => {
        const stream = session.open().resume();
        stream.on('error', () => expect.unreachable());
        send(DATA, 0, 1);
        send(WINDOW, FIN, 1);
        send(DATA, 0, 1);
        send(DATA, 0, 1, 'late');
      },
    ],
  ])('%s', async (_name, attack) => {
    const peer = await rawPeer();
    attack(peer);
    await peer.settled();
    expect(peer.received().filter(({ type }) => type === GO_AWAY)).toEqual([]);
  });

  test.each([1, 3, 0])('a stream with the id %i opened by a server is delivered', async (id) => {
    const peer = await rawPeer();
    const delivered = once(peer.session, 'stream') as Promise<[YamuxStream]>;
    peer.send(DATA, SYN, id, 'hello');
    const [stream] = await delivered;
    expect(stream.id).toBe(id);
    expect(String((await once(stream, 'data'))[0])).toBe('hello');
    await peer.gets({ type: WINDOW, flags: ACK, streamId: id });
    expect([peer.session.open().id, peer.session.open().id]).toEqual(
      [1, 3, 5].filter((own) => own !== id).slice(0, 2),
    );
  });

  test('a SYN with everything: data is read before the end', async () => {
    const peer = await rawPeer();
    const delivered = once(peer.session, 'stream') as Promise<[YamuxStream]>;
    peer.send(DATA, SYN | ACK | FIN | 0x100, 2, 'all of it');
    const [stream] = await delivered;
    expect(Buffer.concat(await stream.toArray()).toString()).toBe('all of it');
  });

  test('a SYN with an RST: a stream that fails', async () => {
    const peer = await rawPeer();
    const delivered = once(peer.session, 'stream') as Promise<[YamuxStream]>;
    peer.send(WINDOW, SYN | RST, 2);
    const [stream] = await delivered;
    await eventually(() => stream.errored).toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    expect(peer.session.streams).toBe(0);
  });

  test('bytes that came with the first frame of a stream widen or fill its windows', async () => {
    const peer = await rawPeer();
    const delivered = once(peer.session, 'stream') as Promise<[YamuxStream]>;
    peer.send(WINDOW, SYN, 2, 1000);
    const [stream] = await delivered;
    stream.write(Buffer.alloc(INITIAL_WINDOW + 2000));
    const sent = (): number =>
      peer.received().reduce((sum, { type, length }) => sum + (type === DATA ? length : 0), 0);
    await eventually(sent).toBe(INITIAL_WINDOW + 1000);
    await peer.settled();
    expect(sent()).toBe(INITIAL_WINDOW + 1000);
  });
});

describe('a peer that floods', () => {
  test('streams nobody takes: 256 wait, the others are reset', async () => {
    const peer = await rawPeer();
    for (let i = 1; i <= 300; i++) peer.send(WINDOW, SYN, 2 * i);
    await peer.settled();
    expect(peer.session.streams).toBe(256);
    const resets = peer.received().filter(({ flags }) => flags === RST);
    expect(resets.map(({ streamId }) => streamId)).toEqual(
      Array.from({ length: 44 }, (_, i) => 2 * (257 + i)),
    );

    const ids: number[] = [];
    peer.session.on('stream', ({ id }) => ids.push(id));
    await eventually(() => ids.length).toBe(256);
    expect(ids).toEqual(Array.from({ length: 256 }, (_, i) => 2 * (i + 1)));
    await peer.gets({ flags: ACK, streamId: 512 });
  });

  test('streams that wait and are reset, or die with the session, disturb nobody', async () => {
    const peer = await rawPeer();
    peer.send(DATA, SYN, 2, 'x');
    peer.send(DATA, SYN, 4, 'y');
    peer.send(WINDOW, RST, 2);
    await peer.settled();
    expect(peer.session.streams).toBe(1);
    const ids: number[] = [];
    peer.session.on('stream', ({ id }) => ids.push(id));
    await peer.gets({ flags: ACK, streamId: 4 });
    expect(ids).toEqual([4]);
    peer.session.removeAllListeners('stream');
    peer.send(DATA, SYN, 6, 'z');
    await peer.settled();
    peer.socket.destroy();
    expect((await peer.session.closed).reason).toBe('transport-closed');
  });

  test('streams beyond maxStreams are reset, also when somebody listens', async () => {
    const peer = await rawPeer({ limits: { maxStreams: 3 } });
    const ids: number[] = [];
    peer.session.on('stream', ({ id }) => ids.push(id));
    const own = peer.session.open();
    for (const id of [2, 4, 6]) peer.send(WINDOW, SYN, id);
    await peer.gets({ flags: RST, streamId: 6 });
    expect(ids).toEqual([2, 4]);
    expect(() => peer.session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_TOO_MANY_STREAMS' }));
    own.reset();
    expect(peer.session.open().id).toBe(3);
  });

  test('pings, without taking the answers: the session ends with YAMUX_PING_FLOOD', async () => {
    const peer = await rawPeer();
    peer.socket.pause();
    const ping = naiveEncode({ type: PING, flags: SYN, streamId: 0, length: 1 });
    const burst = Buffer.concat(Array.from({ length: 5000 }, () => ping));
    const flood = setInterval(() => {
      if (peer.socket.writable && !peer.socket.writableNeedDrain) peer.socket.write(burst);
    }, 0);
    const end = await peer.session.closed;
    clearInterval(flood);
    expect(end).toMatchObject({ reason: 'protocol-error', error: { code: 'YAMUX_PING_FLOOD' } });
  });

  test('pings, taking the answers: all are answered', async () => {
    const peer = await rawPeer();
    for (let i = 0; i < 20_000; i++) peer.send(PING, SYN, 0, i);
    await eventually(() => peer.received().length).toBe(20_000);
    expect(
      peer.received().every(({ type, flags, length }, i) => type === PING && flags === ACK && length === i),
    ).toBe(true);
  });

  test('SYNs, without reading the resets: the session ends with YAMUX_QUEUE_LIMIT', async () => {
    const peer = await rawPeer();
    peer.socket.pause();
    let id = 0;
    const flood = setInterval(() => {
      if (!peer.socket.writable || peer.socket.writableNeedDrain) return;
      const syns = Array.from({ length: 5000 }, () =>
        naiveEncode({ type: WINDOW, flags: SYN, streamId: (id += 2), length: 0 }),
      );
      peer.socket.write(Buffer.concat(syns));
    }, 0);
    const end = await peer.session.closed;
    clearInterval(flood);
    expect(end).toMatchObject({ reason: 'protocol-error', error: { code: 'YAMUX_QUEUE_LIMIT' } });
  });

  test('data that nobody reads: the stream that goes past maxUnreadBytes is reset, the others live', async () => {
    const peer = await rawPeer({ limits: { maxUnreadBytes: 300_000 } });
    const streams: YamuxStream[] = [];
    peer.session.on('stream', (stream) => streams.push(stream));
    peer.send(DATA, SYN, 2, Buffer.alloc(200_000, 1));
    peer.send(DATA, SYN, 4, Buffer.alloc(200_000, 2));
    await peer.gets({ flags: RST, streamId: 4 });
    expect(streams.map(({ errored }) => errored)).toMatchObject([null, { code: 'YAMUX_UNREAD_LIMIT' }]);
    peer.send(DATA, SYN | FIN, 6, Buffer.alloc(90_000, 3));
    await peer.settled();
    streams[0]!.resume();
    expect(Buffer.concat(await streams[2]!.toArray()).length).toBe(90_000);
    peer.send(DATA, SYN, 8, Buffer.alloc(250_000, 2));
    await peer.settled();
    expect(streams[3]!.errored).toBeNull();
  });

  test('a writer of ours waits for a peer that does not read; its bytes are not queued without end', async () => {
    const meter = new WindowMeter();
    const peer = await rawPeer({ onFrame: meter.onFrame });
    peer.socket.pause();
    for (let i = 0; i < 40; i++) {
      const stream = peer.session.open();
      peer.send(WINDOW, ACK, stream.id, 10_000_000);
      stream.write(Buffer.alloc(1_000_000));
      await stream.acknowledged;
    }
    // Two transport writes and what the kernel takes; not 40 MB.
    expect(meter.bytes('out')).toBeLessThan(2_000_000);
    peer.socket.resume();
    await eventually(() => meter.bytes('out')).toBe(40_000_000);
    await peer.settled();
    expect(peer.received().reduce((sum, { type, length }) => sum + (type === DATA ? length : 0), 0)).toBe(
      40_000_000,
    );
    expect(peer.session.streams).toBe(40);
  });
});

test('whatever arrives, the session ends with a YamuxError or goes on, and throws nothing', async () => {
  const header = fc.record({
    version: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 1),
    type: fc.constantFrom(0, 0, 1, 1, 2, 3, 4),
    flags: fc.constantFrom(0, 0, 1, 2, 3, 4, 5, 8, 9, 15, 0xffff),
    streamId: fc.nat(6),
    length: fc.constantFrom(0, 1, 2, 12, INITIAL_WINDOW, INITIAL_WINDOW + 1, 0xffff_ffff),
    body: fc.nat(20),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(header, { maxLength: 30 }), fc.boolean(), async (frames, reading) => {
      const [near, far] = memoryPair();
      const session = new YamuxSession(near, { role: 'client' });
      session.on('stream', (stream) => {
        if (reading) stream.resume();
        stream.write('answer');
      });
      session.open().write('hello');
      session.open().end();
      far.resume();
      for (const { body, ...frame } of frames) {
        far.write(
          naiveEncode({ ...frame, payload: frame.type === DATA ? Buffer.alloc(body) : Buffer.alloc(0) }),
        );
      }
      far.end();
      const { error } = await session.closed;
      if (error && !(error instanceof YamuxError)) throw error;
      expect(session.streams).toBe(0);
    }),
    { numRuns: 300 },
  );
});
