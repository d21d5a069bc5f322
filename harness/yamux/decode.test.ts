import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { naiveDecode, naiveEncode, type NaiveFrame } from './codec.util.js';
import { FrameDecoder } from './decode.js';
import { YamuxError } from './errors.js';
import type { FrameHeader } from './frame.js';

const LIMIT = 64;

const anyFrame: fc.Arbitrary<NaiveFrame> = fc
  .tuple(
    fc.nat(3),
    fc.nat(0xffff),
    fc.nat(0xffff_ffff),
    fc.nat(0xffff_ffff),
    fc.uint8Array({ maxLength: LIMIT }),
  )
  .map(([type, flags, streamId, length, body]) => {
    const payload = type === 0 ? body : new Uint8Array(0);
    return { version: 0, type, flags, streamId, length: type === 0 ? payload.length : length, payload };
  });

const encodeAll = (frames: readonly NaiveFrame[]): Buffer => Buffer.concat(frames.map(naiveEncode));

/** What the decoder under test makes of `chunks`. */
function decode(chunks: readonly Uint8Array[]): ReturnType<typeof naiveDecode> {
  const decoder = new FrameDecoder(LIMIT);
  const frames: NaiveFrame[] = [];
  try {
    for (const chunk of chunks) {
      decoder.push(chunk, (header, payload) =>
        frames.push({ version: 0, ...header, payload: Uint8Array.from(payload) }),
      );
    }
  } catch (error) {
    if (!(error instanceof YamuxError)) throw error;
    return { frames, error: error.code, rest: 0 };
  }
  return { frames, rest: decoder.heldBytes };
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, i) => bytes.slice(places[i], end));
}

describe('FrameDecoder', () => {
  test('reads what a naive encoder writes, at every chunk boundary', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { maxLength: 4 }), (frames) => {
        const bytes = encodeAll(frames);
        for (let at = 0; at <= bytes.length; at++) {
          expect(decode([bytes.subarray(0, at), bytes.subarray(at)])).toEqual({ frames, rest: 0 });
        }
      }),
      { numRuns: 30 },
    );
  });

  test('reads the same from any chunks, also of an unfinished stream', () => {
    fc.assert(
      fc.property(fc.array(anyFrame), fc.array(fc.nat(2000)), fc.nat(100), (frames, cuts, missing) => {
        const whole = encodeAll(frames);
        const bytes = whole.subarray(0, Math.max(0, whole.length - missing));
        expect(decode(cutAt(bytes, cuts))).toEqual(naiveDecode(bytes, LIMIT));
      }),
    );
  });

  test('reads byte by byte', () => {
    fc.assert(
      fc.property(fc.array(anyFrame), (frames) => {
        const bytes = encodeAll(frames);
        expect(decode(Array.from(bytes, (byte) => Uint8Array.of(byte)))).toEqual({ frames, rest: 0 });
      }),
      { numRuns: 30 },
    );
  });

  test('says of corrupted bytes what the naive decoder says, in any chunks', () => {
    const corruption = fc.array(fc.tuple(fc.nat(500), fc.nat(255)), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(
        fc.array(anyFrame, { minLength: 1 }),
        corruption,
        fc.array(fc.nat(2000)),
        (frames, places, cuts) => {
          const bytes = encodeAll(frames);
          for (const [at, value] of places) bytes[at % bytes.length] = value;
          expect(decode(cutAt(bytes, cuts))).toEqual(naiveDecode(bytes, LIMIT));
        },
      ),
      { numRuns: 500 },
    );
  });

  test('says of arbitrary bytes what the naive decoder says', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(200)), (bytes, cuts) => {
        expect(decode(cutAt(bytes, cuts))).toEqual(naiveDecode(bytes, LIMIT));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ['version', { version: 1, type: 0 }, 'YAMUX_VERSION', 'version 1'],
    ['type', { type: 4 }, 'YAMUX_TYPE', 'type 4'],
    ['length', { type: 0, length: 65 }, 'YAMUX_FRAME_TOO_LARGE', '65 bytes, the limit is 64 (maxFrameBytes)'],
    ['4 GiB length', { type: 0, length: 0xffff_ffff }, 'YAMUX_FRAME_TOO_LARGE', '4294967295 bytes'],
  ])('refuses a bad %s as soon as the header is there, and stays broken', (_name, frame, code, text) => {
    const decoder = new FrameDecoder(LIMIT);
    const seen: FrameHeader[] = [];
    const bytes = Buffer.concat([
      naiveEncode({ type: 2, flags: 1, streamId: 0, length: 7 }),
      naiveEncode({ flags: 0, streamId: 1, length: 0, ...frame }),
    ]);
    const push = (chunk: Uint8Array): void => decoder.push(chunk, (header) => seen.push(header));
    push(bytes.subarray(0, -1));
    expect(decoder.failure).toBeUndefined();
    expect(() => push(bytes.subarray(-1))).toThrow(expect.objectContaining({ code }));
    expect(decoder.failure?.message).toContain(text);
    expect(() => push(naiveEncode({ type: 2, flags: 1, streamId: 0, length: 8 }))).toThrow(decoder.failure!);
    expect(seen).toEqual([{ type: 2, flags: 1, streamId: 0, length: 7 }]);
  });

  test('allows a data frame of a whole window by default, and not a byte more', () => {
    const decoder = new FrameDecoder();
    const header = { type: 0, flags: 0, streamId: 1 };
    decoder.push(
      naiveEncode({ ...header, length: 262_144, payload: Buffer.alloc(262_144) }),
      (_header, payload) => {
        expect(payload.length).toBe(262_144);
      },
    );
    expect(() => decoder.push(naiveEncode({ ...header, length: 262_145 }), () => {})).toThrow(
      /limit is 262144/,
    );
  });

  test('a length that is no body is not limited', () => {
    expect(
      decode([naiveEncode({ type: 1, flags: 0, streamId: 1, length: 0xffff_ffff })]).frames,
    ).toHaveLength(1);
  });
});
