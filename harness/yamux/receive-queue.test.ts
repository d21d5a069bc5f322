import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { ReceiveQueue } from './receive-queue.js';

test('gives back what was added, in order, whatever is taken between', () => {
  const step = fc.oneof(
    fc.record({ add: fc.nat(40_000), whole: fc.boolean() }),
    fc.record({ take: fc.integer({ min: 1, max: 3 }) }),
  );
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const queue = new ReceiveQueue();
      let [added, taken, value] = [0, 0, 0];
      const check = (part: Uint8Array | undefined): void => {
        for (const byte of part ?? [])
          if (byte !== (taken++ * 7) % 251) throw new Error(`byte ${taken - 1} is wrong`);
      };
      for (const item of steps) {
        if ('take' in item) {
          for (let i = 0; i < item.take; i++) check(queue.take());
        } else {
          const memory = Buffer.alloc(item.add + (item.whole ? 0 : 65_536));
          const payload = memory.subarray(0, item.add);
          for (let i = 0; i < payload.length; i++) payload[i] = (value++ * 7) % 251;
          queue.add(payload);
          added += item.add;
        }
        expect(queue.bytes).toBe(added - taken);
      }
      while (queue.bytes > 0) check(queue.take());
      expect(taken).toBe(added);
      expect(queue.take()).toBeUndefined();
    }),
  );
});

test('a small payload does not keep the chunk that it came in', () => {
  const queue = new ReceiveQueue();
  const chunk = Buffer.alloc(65_536, 1);
  queue.add(chunk.subarray(100, 5100));
  queue.add(chunk.subarray(0, 1));
  expect(queue.take()?.buffer).not.toBe(chunk.buffer);
});

test('a large one that is most of its chunk is not copied', () => {
  const queue = new ReceiveQueue();
  const chunk = Buffer.alloc(65_536, 1);
  queue.add(chunk.subarray(12));
  expect(queue.take()?.buffer).toBe(chunk.buffer);
});

test('a window of single bytes becomes a few blocks', () => {
  const queue = new ReceiveQueue();
  for (let i = 0; i < 262_144; i++) queue.add(Uint8Array.of(i));
  const parts: Uint8Array[] = [];
  for (let part = queue.take(); part; part = queue.take()) parts.push(part);
  expect(parts.length).toBe(16);
  expect(Buffer.concat(parts).subarray(0, 300)).toEqual(
    Buffer.from(Array.from({ length: 300 }, (_, i) => i)),
  );
});

test('clear() forgets everything', () => {
  const queue = new ReceiveQueue();
  queue.add(Uint8Array.of(1, 2, 3));
  queue.clear();
  expect([queue.bytes, queue.take()]).toEqual([0, undefined]);
});
