import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { OutputRecorder } from './output.js';

const limits = fc.record({ head: fc.nat(30), tail: fc.nat(30) });
const chunks = fc.array(
  fc.array(fc.constantFrom(0x0a, 0x61, 0x62), { maxLength: 40 }).map((bytes) => Buffer.from(bytes)),
);

test('keeps the first and the last bytes, however they are cut', () => {
  fc.assert(
    fc.property(limits, chunks, (limit, given) => {
      const recorder = new OutputRecorder(limit);
      for (const chunk of given) recorder.push(chunk);
      const all = Buffer.concat(given).toString();
      const dropped = Math.max(0, all.length - limit.head - limit.tail);
      const [head, rest] = [all.slice(0, limit.head), all.slice(limit.head + dropped)];
      expect(recorder.head().toString()).toBe(head);
      expect(recorder.tail().toString()).toBe(all.slice(Math.max(0, all.length - limit.tail)));
      expect(recorder.text()).toBe(dropped === 0 ? all : `${head}\n[… ${dropped} bytes dropped …]\n${rest}`);
      expect(recorder.totalBytes).toBe(all.length);
      expect(recorder.longestLine).toBe(Math.max(...all.split('\n').map((line) => line.length)));
    }),
  );
});

test('a listener sees all bytes in order, whenever it comes', async () => {
  await fc.assert(
    fc.asyncProperty(chunks, fc.nat(10), async (given, late) => {
      const recorder = new OutputRecorder();
      for (const chunk of given.slice(0, late)) recorder.push(chunk);
      const seen: Buffer[] = [];
      recorder.onChunk((chunk, offset) => {
        expect(offset).toBe(Buffer.concat(seen).length);
        seen.push(Buffer.from(chunk));
      });
      expect(seen).toEqual([]);
      await Promise.resolve();
      for (const chunk of given.slice(late)) recorder.push(chunk);
      expect(Buffer.concat(seen)).toEqual(Buffer.concat(given));
    }),
  );
});

test('the offset shows what a late listener has missed', async () => {
  const recorder = new OutputRecorder({ head: 2 });
  recorder.push(Buffer.from('abcd'));
  const seen: [string, number][] = [];
  recorder.onChunk((chunk, offset) => seen.push([chunk.toString(), offset]));
  await Promise.resolve();
  recorder.push(Buffer.from('e'));
  expect(seen).toEqual([
    ['ab', 0],
    ['e', 4],
  ]);
});

test('a listener that was taken away hears nothing more, not even what is kept', async () => {
  const recorder = new OutputRecorder();
  recorder.push(Buffer.from('a'));
  const heard: string[] = [];
  const hear = (chunk: Buffer): unknown => heard.push(chunk.toString());
  recorder.onChunk(hear)();
  const stop = recorder.onChunk(hear);
  await Promise.resolve();
  stop();
  recorder.push(Buffer.from('b'));
  expect(heard).toEqual(['a']);
});

test('the end is told once', async () => {
  const recorder = new OutputRecorder();
  expect(recorder.ended).toBe(false);
  recorder.finish();
  recorder.finish();
  await recorder.end;
  expect(recorder.ended).toBe(true);
});
