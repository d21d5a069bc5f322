import { once } from 'node:events';
import { pipeline } from 'node:stream/promises';

import { describe, expect, test, vi } from 'vitest';

import { hasGo } from '../test/go.util.js';
import { drain, MIB, source } from './bytes.util.js';
import { INITIAL_WINDOW } from './constants.js';
import { eventually } from './eventually.util.js';
import { useOracle, type Oracle } from './oracle.util.js';
import { YamuxSession, type YamuxSessionOptions, type YamuxStream } from './index.js';
import { expectNothingLeft, expectNothingUnhandled } from './leftovers.util.js';
import { WindowMeter } from './window-meter.util.js';

expectNothingLeft();
expectNothingUnhandled();
vi.setConfig({ testTimeout: 30_000 });

describe.skipIf(!hasGo).each([
  { us: 'client', go: 'server' },
  { us: 'server', go: 'client' },
] as const)('$us of a Go $go', ({ us, go }) => {
  const start = useOracle();

  async function connect(
    options: Partial<YamuxSessionOptions> = {},
    ...flags: string[]
  ): Promise<{ oracle: Oracle; session: YamuxSession; meter: WindowMeter }> {
    const oracle = await start(go, ...flags);
    const meter = new WindowMeter();
    const session = new YamuxSession(oracle.socket, { role: us, onFrame: meter.onFrame, ...options });
    return { oracle, session, meter };
  }

  /** A stream that we open, and its number at the oracle. */
  async function ours({ oracle, session }: { oracle: Oracle; session: YamuxSession }): Promise<YamuxStream> {
    const stream = session.open();
    expect((await oracle.must('accept')).stream).toBe(stream.id);
    return stream;
  }

  /** A stream that the oracle opens. */
  async function theirs({
    oracle,
    session,
  }: {
    oracle: Oracle;
    session: YamuxSession;
  }): Promise<YamuxStream> {
    const delivered = once(session, 'stream') as Promise<[YamuxStream]>;
    const opened = await oracle.must('open');
    const [stream] = await delivered;
    expect(stream.id).toBe(opened.stream);
    return stream;
  }

  test('64 MiB each way over four streams at once', { timeout: 60_000 }, async () => {
    const both = await connect();
    const { oracle, session, meter } = both;
    const streams = [await ours(both), await ours(both), await theirs(both), await theirs(both)];
    await Promise.all(
      streams.map(async (stream, seed) => {
        const up = source(16 * MIB, seed);
        const [sent, received, , arrived] = await Promise.all([
          oracle.must('send', { stream: stream.id, bytes: 16 * MIB, seed }).then(async (answer) => {
            await oracle.must('closeStream', { stream: stream.id });
            return answer;
          }),
          oracle.must('recv', { stream: stream.id }),
          pipeline(up.readable, stream, { end: true }),
          drain(stream),
        ]);
        expect(arrived).toEqual({ bytes: 16 * MIB, sha256: sent.sha256 });
        expect(received).toMatchObject({ bytes: 16 * MIB, sha256: up.sha256() });
      }),
    );
    expect(meter.violations).toEqual([]);
    expect(session.streams).toBe(0);
    expect((await oracle.must('streams')).streams).toBe(0);
    await session.close();
  });

  test('a Go reader that does not read stops us at its window', async () => {
    const both = await connect();
    const { oracle, session, meter } = both;
    const stream = await ours(both);
    const up = source(2 * MIB, 1);
    const done = pipeline(up.readable, stream);
    await eventually(() => meter.flow('out', stream.id).bytes).toBe(INITIAL_WINDOW);
    await session.ping(5000);
    expect(meter.flow('out', stream.id).bytes).toBe(INITIAL_WINDOW);
    const received = await oracle.must('recv', { stream: stream.id, chunk: 40_000, delayMs: 2 });
    await done;
    expect(received).toMatchObject({ bytes: 2 * MIB, sha256: up.sha256() });
    expect(meter.violations).toEqual([]);
    session.destroy();
  });

  test('a reader of ours that does not read stops Go at our window', async () => {
    const both = await connect();
    const { oracle, session, meter } = both;
    const stream = await theirs(both);
    const sent = oracle.must('send', { stream: stream.id, bytes: 2 * MIB, seed: 2 });
    await eventually(() => meter.flow('in', stream.id).bytes).toBe(INITIAL_WINDOW);
    await session.ping(5000);
    expect(meter.flow('in', stream.id)).toEqual({ bytes: INITIAL_WINDOW, outstanding: INITIAL_WINDOW });
    const arrived = drain(stream, 2);
    const { sha256 } = await sent;
    await oracle.must('closeStream', { stream: stream.id });
    expect(await arrived).toEqual({ bytes: 2 * MIB, sha256 });
    expect(meter.violations).toEqual([]);
    session.destroy();
  });

  test('after our FIN Go still sends; after its FIN the stream is gone on both sides', async () => {
    const both = await connect();
    const { oracle, session } = both;
    const stream = await ours(both);
    stream.end('ping');
    expect((await oracle.must('recv', { stream: stream.id })).bytes).toBe(4);
    const sent = await oracle.must('send', { stream: stream.id, bytes: 5000, seed: 3 });
    expect(session.streams).toBe(1);
    await oracle.must('closeStream', { stream: stream.id });
    expect(await drain(stream)).toEqual({ bytes: 5000, sha256: sent.sha256 });
    expect(session.streams).toBe(0);
    expect((await oracle.must('streams')).streams).toBe(0);
    await session.close();
  });

  test("after Go's FIN we still send", async () => {
    const both = await connect();
    const { oracle, session } = both;
    const stream = await theirs(both);
    const sent = await oracle.must('send', { stream: stream.id, bytes: 300, seed: 4 });
    await oracle.must('closeStream', { stream: stream.id });
    expect((await drain(stream)).sha256).toBe(sent.sha256);
    expect(stream.destroyed).toBe(false);
    stream.end('still here');
    expect((await oracle.must('recv', { stream: stream.id })).bytes).toBe(10);
    expect(session.streams).toBe(0);
    await session.close();
  });

  test('our reset fails what Go does with the stream, and nothing else', async () => {
    const both = await connect();
    const { oracle, session } = both;
    const [stream, other] = [await ours(both), await theirs(both)];
    const sending = oracle.call('send', { stream: stream.id, bytes: 2 * MIB });
    const receiving = oracle.call('recv', { stream: stream.id });
    await once(stream, 'readable');
    stream.reset();
    expect((await sending).error).toBe('connection reset');
    expect((await receiving).error).toBe('connection reset');
    expect(session.streams).toBe(1);
    other.end('x');
    expect((await oracle.must('recv', { stream: other.id })).bytes).toBe(1);
    await session.close();
  });

  test("Go's reset fails our stream, and nothing else", async () => {
    const both = await connect({}, '-close-timeout', '50ms');
    const { oracle, session } = both;
    const stream = await ours(both);
    const error = once(stream, 'error');
    await oracle.must('closeStream', { stream: stream.id });
    expect(await error).toMatchObject([{ code: 'YAMUX_STREAM_RESET' }]);
    expect(session.streams).toBe(0);
    expect(await session.ping(5000)).toBeGreaterThanOrEqual(0);
    await session.close();
  });

  test('a stream beyond the Go backlog is reset before it is acknowledged', async () => {
    const { oracle, session } = await connect({}, '-backlog', '1');
    const [first, second] = [session.open(), session.open()];
    await expect(second.acknowledged).rejects.toMatchObject({ code: 'YAMUX_STREAM_RESET' });
    expect((await oracle.must('accept')).stream).toBe(first.id);
    await first.acknowledged;
    await session.close();
  });

  test('pings both ways', async () => {
    const { oracle, session } = await connect();
    expect(await session.ping(5000)).toBeGreaterThan(0);
    expect((await oracle.must('ping')).ms).toBeGreaterThan(0);
    await Promise.all(
      Array.from({ length: 100 }, () => Promise.all([session.ping(5000), oracle.must('ping')])),
    );
    await session.close();
  });

  test('keepalives of both sides go by unnoticed', async () => {
    const { oracle, session } = await connect({ keepAliveMs: 5 }, '-keep-alive', '5ms');
    const stream = await ours({ oracle, session });
    const echo = oracle.must('echo', { stream: stream.id });
    for (let i = 0; i < 30; i++) {
      stream.write('x');
      await once(stream, 'data');
    }
    stream.end();
    expect((await echo).bytes).toBe(30);
    await session.close();
  });

  test('after our go-away Go opens nothing; what is open goes on', async () => {
    const both = await connect();
    const { oracle, session } = both;
    const stream = await theirs(both);
    session.goAway();
    await session.ping(5000);
    expect((await oracle.call('open')).error).toBe('remote end is not accepting connections');
    stream.end('on');
    expect((await oracle.must('recv', { stream: stream.id })).bytes).toBe(2);
    await session.close();
  });

  test("after Go's go-away we open nothing; what is open goes on", async () => {
    const both = await connect();
    const { oracle, session } = both;
    const stream = await ours(both);
    const [[code]] = await Promise.all([once(session, 'goAway'), oracle.must('goAway')]);
    expect(code).toBe(0);
    expect(() => session.open()).toThrow(expect.objectContaining({ code: 'YAMUX_REMOTE_GO_AWAY' }));
    stream.end('on');
    expect((await oracle.must('recv', { stream: stream.id })).bytes).toBe(2);
    await oracle.must('close');
    expect(await session.closed).toEqual({ reason: 'remote-go-away' });
  });

  test('1,000 streams opened and closed', { timeout: 30_000 }, async () => {
    const both = await connect();
    const { oracle, session, meter } = both;
    const one = async (): Promise<void> => {
      const stream = session.open();
      const { stream: accepted } = await oracle.must('accept');
      const echo = oracle.must('echo', { stream: accepted });
      stream.end(`stream ${stream.id}`);
      expect(Buffer.concat(await stream.toArray()).toString()).toBe(`stream ${stream.id}`);
      await echo;
    };
    for (let round = 0; round < 10; round++) await Promise.all(Array.from({ length: 100 }, one));
    expect(session.streams).toBe(0);
    expect((await oracle.must('streams')).streams).toBe(0);
    expect(meter.violations).toEqual([]);
    await session.close();
  });

  test('Go closes the session in mid-transfer', async () => {
    const both = await connect();
    const { oracle, session } = both;
    const [up, down] = [await ours(both), await theirs(both)];
    const sending = pipeline(source(64 * MIB, 1).readable, up);
    const receiving = drain(down);
    void oracle.call('recv', { stream: up.id });
    void oracle.call('send', { stream: down.id, bytes: 64 * MIB });
    await once(up, 'drain');
    const outcomes = Promise.allSettled([sending, receiving]);
    await oracle.must('close');
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'YAMUX_SESSION_ENDED' } });
    }
    // Whether the kernel says EOF, EPIPE or ECONNRESET depends on what was under way.
    expect((await session.closed).reason).toMatch(/^transport-(closed|error)$/);
    expect(session.streams).toBe(0);
  });

  test('we close the session in mid-transfer', async () => {
    const both = await connect();
    const { oracle, session } = both;
    const stream = await theirs(both);
    const sending = oracle.call('send', { stream: stream.id, bytes: 64 * MIB });
    const reading = drain(stream);
    const outcome = Promise.allSettled([reading]);
    await oracle.must('ping');
    await session.close();
    expect((await sending).error).toMatch(/session shutdown|stream closed|broken pipe/);
    expect(await outcome).toMatchObject([
      { status: 'rejected', reason: { code: 'ERR_STREAM_PREMATURE_CLOSE' } },
    ]);
    await oracle.must('closed');
    expect(await session.closed).toEqual({ reason: 'local' });
  });

  test('bytes that Go sent before it closed are read, and then the stream fails', async () => {
    const both = await connect();
    const { oracle, session } = both;
    const stream = await theirs(both);
    const { sha256, bytes } = await oracle.must('send', { stream: stream.id, bytes: 200_000, seed: 9 });
    await oracle.must('close');
    await session.closed;
    const chunks: Buffer[] = [];
    const reading = (async () => {
      for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'YAMUX_SESSION_ENDED' });
    expect(Buffer.concat(chunks).length).toBe(bytes);
    expect(sha256).toBeDefined();
  });
});
