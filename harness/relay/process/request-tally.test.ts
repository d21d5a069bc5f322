import { describe, expect, test } from 'vitest';

import { encodeHeader } from '../../yamux/index.js';
import { FrameCutter } from './cut-frames.js';
import { RequestFinder, RequestTally } from './request-tally.js';

/** As gob writes a string. */
const gobString = (text: string): string => String.fromCharCode(text.length) + text;

function framesOf(...payloads: string[]): Buffer {
  return Buffer.concat(
    payloads.flatMap((payload) => [
      encodeHeader({ type: 0, flags: 0, streamId: 7, length: payload.length }),
      Buffer.from(payload, 'latin1'),
    ]),
  );
}

function found(bytes: Buffer, size: number): string[] {
  const methods: string[] = [];
  const finder = new RequestFinder((method, streamId) => methods.push(`${method} on ${streamId}`));
  const cutter = new FrameCutter();
  for (let at = 0; at < bytes.length; at += size)
    for (const piece of cutter.push(bytes.subarray(at, at + size))) finder.add(piece);
  return methods;
}

describe('requests in the bytes', () => {
  const get = gobString('Plugin.Get');
  const padding = 'x'.repeat(5000);
  const bytes = framesOf(
    `..${get}..`,
    `${get}${gobString('Plugin.GetManifest')}`,
    'Plugin.NoLength and no more, ÿPlugin.TooLong',
    gobString('Plugin.Not a name'),
    `${padding}${gobString('Plugin.Late')}${padding}${get}`,
    '\u0020Plugin.Cut',
    'Plugin.Off',
  );
  // Chunks of every size, so that each border is in each place of a long frame once.
  test.each(Array.from({ length: 40 }, (_, n) => n + 1).concat([4108, 4200, 9000, 100_000]))(
    'are found by %i bytes at a time',
    (size) => {
      expect(found(bytes, size)).toEqual(
        ['Get', 'Get', 'GetManifest', 'Late', 'Get'].map((method) => `${method} on 7`),
      );
    },
  );

  test('are counted until they are counted anew', async () => {
    const tally = new RequestTally();
    const reached: string[] = [];
    for (const count of [1, 2, 3]) void tally.reached('Get', count).then(() => reached.push(`${count}`));
    tally.add('Get');
    tally.add('GetManifest');
    tally.add('Get');
    await new Promise(setImmediate);
    expect(reached).toEqual(['1', '2']);
    tally.reset();
    tally.add('Get');
    tally.add('Get');
    await new Promise(setImmediate);
    expect(reached).toEqual(['1', '2']);
    tally.add('Get');
    await new Promise(setImmediate);
    expect(reached).toEqual(['1', '2', '3']);
  });
});
