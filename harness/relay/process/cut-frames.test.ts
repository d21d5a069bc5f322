import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { encodeHeader, FrameDecoder, type FrameHeader } from '../../yamux/index.js';
import { FrameCutter, type Piece } from './cut-frames.js';

const frame = fc
  .oneof(
    fc.record({
      type: fc.constant(0 as const),
      streamId: fc.integer({ min: 1, max: 9 }),
      length: fc.integer({ min: 0, max: 9000 }),
    }),
    fc.record({
      type: fc.constantFrom(1 as const, 2 as const, 3 as const),
      streamId: fc.integer({ min: 0, max: 9 }),
      length: fc.nat(0xffff_ffff),
    }),
  )
  .chain((rest) => fc.integer({ min: 0, max: 15 }).map((flags): FrameHeader => ({ ...rest, flags })));

function bytesOf(headers: readonly FrameHeader[]): Buffer {
  return Buffer.concat(
    headers.flatMap((header) => [
      encodeHeader(header),
      Buffer.alloc(header.type === 0 ? header.length : 0, header.streamId),
    ]),
  );
}

function cut(bytes: Buffer, sizes: readonly number[], cutter = new FrameCutter()): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (let n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length] ?? 1;
    pieces.push(...cutter.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...pieces, ...cutter.end()];
}

const joined = (pieces: readonly Piece[]): Buffer => Buffer.concat(pieces.map(({ bytes }) => bytes));
const sizes = fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 20 });

describe('cutting at frames', () => {
  test('loses nothing, and finds the frames that the decoder finds, wherever the chunks end', () => {
    fc.assert(
      fc.property(fc.array(frame, { minLength: 1, maxLength: 8 }), sizes, (headers, chunkSizes) => {
        const bytes = bytesOf(headers);
        const pieces = cut(bytes, chunkSizes);
        expect(joined(pieces).equals(bytes)).toBe(true);
        const decoded: FrameHeader[] = [];
        new FrameDecoder().push(bytes, (header) => decoded.push(header));
        expect(pieces.filter(({ first }) => first).map(({ header }) => header)).toEqual(decoded);
        expect(pieces.filter(({ last }) => last).length).toBe(decoded.length);
      }),
    );
  });

  test('gives a short frame whole, and of a long one what has come', () => {
    const [short, long] = [100, 70_000].map((length) =>
      bytesOf([{ type: 0, flags: 0, streamId: 1, length }]),
    );
    const cutter = new FrameCutter();
    expect(cutter.push(short!.subarray(0, 111))).toEqual([]);
    expect(cutter.push(short!.subarray(111))).toMatchObject([{ bytes: short, first: true, last: true }]);
    expect(cutter.push(long!.subarray(0, 50_000))).toMatchObject([{ first: true, last: false }]);
    expect(cutter.push(long!.subarray(50_000))).toMatchObject([{ first: false, last: true }]);
  });

  test.each([
    ['TLS', Buffer.from([22, 3, 1, 2, 0])],
    ['HTTP/2 from a client', Buffer.from('PRI * HTTP/2.0\r\n')],
    ['HTTP/2 from a server', Buffer.from('000006040000000000000500004000', 'hex')],
    ['data on no stream', Buffer.alloc(12)],
  ])('%s is passed on at once, and all that comes after it', (_, bytes) => {
    const cutter = new FrameCutter();
    expect(cutter.push(bytes)).toMatchObject([{ bytes, header: undefined }]);
    expect(cutter.push(Buffer.from([0]))).toMatchObject([{ header: undefined, first: true, last: true }]);
  });

  test('any bytes at all come out as they went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), sizes, fc.boolean(), (bytes, chunkSizes, isOpaque) => {
        const buffer = Buffer.from(bytes);
        expect(joined(cut(buffer, chunkSizes, new FrameCutter(isOpaque))).equals(buffer)).toBe(true);
      }),
    );
  });
});
