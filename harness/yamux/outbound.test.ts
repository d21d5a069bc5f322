import { Duplex } from 'node:stream';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { naiveEncode } from './codec.util.js';
import { FLAG, FRAME_TYPE } from './constants.js';
import type { YamuxError } from './errors.js';
import type { FrameHeader } from './frame.js';
import { DEFAULT_LIMITS, type YamuxLimits } from './limits.js';
import { Outbound } from './outbound.js';

/** An outbound whose transport takes one write at a time, when it is told to. */
function outbound(limits: Partial<YamuxLimits> = {}): {
  out: Outbound;
  writes: Buffer[];
  errors: YamuxError[];
  take: () => void;
} {
  const writes: Buffer[] = [];
  const errors: YamuxError[] = [];
  let done: (() => void) | undefined;
  const transport = new Duplex({
    read() {},
    writev(chunks, callback) {
      writes.push(Buffer.concat(chunks.map(({ chunk }) => chunk as Buffer)));
      done = callback;
    },
  });
  const out = new Outbound(
    transport,
    { ...DEFAULT_LIMITS, ...limits },
    { drained: () => {}, overflow: (error) => errors.push(error) },
  );
  return { out, writes, errors, take: () => done?.() };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const data = (streamId: number, length: number): FrameHeader => ({
  type: FRAME_TYPE.data,
  flags: 0,
  streamId,
  length,
});
const pong = (length: number): FrameHeader => ({
  type: FRAME_TYPE.ping,
  flags: FLAG.ack,
  streamId: 0,
  length,
});

test('all frames of one tick are one transport write', async () => {
  const { out, writes } = outbound();
  const expected: Uint8Array[] = [];
  for (let i = 0; i < 100; i++) {
    const payload = Buffer.alloc(i * 30, i);
    out.send(data(i, payload.length), payload);
    expected.push(naiveEncode({ ...data(i, payload.length), payload }));
  }
  await turn();
  expect(writes).toHaveLength(1);
  expect(writes[0]).toEqual(Buffer.concat(expected));
});

test('what comes while the transport is busy becomes the next write', async () => {
  const { out, writes, take } = outbound();
  out.send(pong(0));
  await turn();
  for (let i = 1; i < 5; i++) {
    out.send(pong(i));
    await turn();
  }
  expect(writes.map(({ length }) => length)).toEqual([12]);
  expect(out.queuedBytes).toBe(60);
  take();
  await turn();
  expect(writes.map(({ length }) => length)).toEqual([12, 48]);
  take();
  await turn();
  expect(out.queuedBytes).toBe(0);
});

test('any frames in any ticks arrive in order', async () => {
  const step = fc.record({ length: fc.oneof(fc.nat(50), fc.nat(70_000)), wait: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const { out, writes, take } = outbound();
      const expected: Uint8Array[] = [];
      for (const [i, { length, wait }] of steps.entries()) {
        const payload = Buffer.alloc(length, i);
        out.send(data(i, length), payload);
        expected.push(naiveEncode({ ...data(i, length), payload: payload.slice() }));
        // A sender may use its buffer again.
        payload.fill(255);
        if (wait) await turn();
      }
      while (out.queuedBytes > 0) {
        await turn();
        take();
        await turn();
      }
      expect(Buffer.concat(writes).equals(Buffer.concat(expected))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('has room for data until 256 KiB wait, and again when the transport took them', async () => {
  const { out, take } = outbound();
  const payload = Buffer.alloc(65_536);
  let sent = 0;
  for (; out.hasRoom; sent++) out.send(data(1, payload.length), payload);
  expect(sent).toBe(4);
  await turn();
  expect(out.hasRoom).toBe(true);
  take();
  await turn();
  expect(out.queuedBytes).toBe(0);
});

test('has no room for data once half of maxQueuedBytes waits, in flight or not', async () => {
  const { out, take } = outbound({ maxQueuedBytes: 1000 });
  out.send(data(1, 488), Buffer.alloc(488));
  expect(out.hasRoom).toBe(false);
  await turn();
  expect(out.hasRoom).toBe(false);
  take();
  await turn();
  expect(out.hasRoom).toBe(true);
});

test('refuses more than maxQueuedBytes', () => {
  const { out, errors } = outbound({ maxQueuedBytes: 48 });
  for (let i = 0; i < 5; i++) out.send({ ...pong(i), flags: FLAG.syn });
  expect(errors).toMatchObject([
    { code: 'YAMUX_QUEUE_LIMIT', message: expect.stringContaining('the limit is 48') },
  ]);
  expect(out.queuedBytes).toBe(48);
});

test('refuses more than maxQueuedPingReplies, counted until the transport took them', async () => {
  const { out, errors, take } = outbound({ maxQueuedPingReplies: 2 });
  out.send(pong(0));
  await turn();
  out.send(pong(1));
  out.send(pong(2));
  expect(errors).toMatchObject([{ code: 'YAMUX_PING_FLOOD' }]);
  take();
  await turn();
  out.send(pong(3));
  expect(errors).toHaveLength(1);
});

test('end() flushes, also past a busy transport, and then takes nothing', async () => {
  const { out, writes, take } = outbound();
  out.send(pong(0));
  await turn();
  out.send(pong(1));
  out.end();
  out.send(pong(2));
  take();
  await turn();
  expect(Buffer.concat(writes)).toEqual(Buffer.concat([naiveEncode(pong(0)), naiveEncode(pong(1))]));
});

test('discard() drops what waits', async () => {
  const { out, writes } = outbound();
  out.send(pong(0));
  out.discard();
  await turn();
  expect([writes, out.queuedBytes, out.hasRoom]).toEqual([[], 0, false]);
});
