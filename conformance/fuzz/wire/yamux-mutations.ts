import * as fc from 'fast-check';
import { FLAG, FRAME_TYPE, HEADER_BYTES, INITIAL_WINDOW } from '../../../harness/yamux/index.js';
import {
  changing,
  indexAt,
  isWhole,
  mutationClass,
  PLACE,
  type Mutated,
  type MutationClass,
} from './mutation.js';
import { orderMutations } from './order-mutations.js';
import { encodeUnit, withFrame, type RawFrame, type Unit } from './unit.js';

const NOTHING = new Uint8Array(0);

/** A backlog of 256 streams (yamux mux.go, `AcceptBacklog`), and a few more. */
const FLOOD = 300;

const UINT32 = fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff);

/** A data frame’s length that no peer may take at its word. */
const LENGTHS = fc.constantFrom(
  INITIAL_WINDOW,
  INITIAL_WINDOW + 1,
  0xff_ffff,
  0x7fff_ffff,
  0x8000_0000,
  0xffff_ffff,
);

/** What a window of 32 bits does not hold, at once or after some times. */
const WIDENINGS = fc.constantFrom(0x7fff_ffff, 0x8000_0000, 0xffff_ffff);

/** Streams: none, of the other side’s parity, closed or never opened, the last one. */
const STREAM_IDS = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 77, 0x7fff_ffff, 0xffff_fffe, 0xffff_ffff);

/** Every class of mutation of frames. Their payload is left alone. */
export const YAMUX_MUTATIONS: readonly MutationClass[] = [
  mutationClass(
    'version',
    fc.record({ place: PLACE, version: fc.integer({ min: 1, max: 255 }) }),
    changing(isWhole, (unit, { version }) => spoilt(unit, { version }, `has version ${version}`)),
  ),
  mutationClass(
    'unknown type',
    fc.record({ place: PLACE, type: fc.integer({ min: 4, max: 255 }) }),
    changing(isWhole, (unit, { type }) => spoilt(unit, { type }, `has frame type ${type}`)),
  ),
  mutationClass(
    'another type',
    fc.record({ place: PLACE, type: fc.integer({ min: 0, max: 3 }) }),
    changing(isWhole, (unit, { type }) =>
      type === unit.frame.type ? undefined : spoilt(unit, { type }, `has frame type ${type}`),
    ),
  ),
  mutationClass(
    'flags',
    fc.record({
      place: PLACE,
      flags: fc.oneof(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 0, max: 0xffff })),
    }),
    changing(isWhole, (unit, { flags }) =>
      flags === unit.frame.flags
        ? undefined
        : spoilt(unit, { flags }, `has the flags 0x${flags.toString(16)}`),
    ),
  ),
  mutationClass(
    'stream id',
    fc.record({ place: PLACE, streamId: STREAM_IDS }),
    changing(isWhole, (unit, { streamId }) =>
      streamId === unit.frame.streamId ? undefined : spoilt(unit, { streamId }, `names stream ${streamId}`),
    ),
  ),
  mutationClass(
    'declared length',
    fc.record({ place: PLACE, length: fc.oneof(LENGTHS, fc.nat({ max: 64 })) }),
    changing(isData, (unit, { length }) =>
      length === unit.frame.length
        ? undefined
        : spoilt(unit, { length }, `declares ${length} bytes and has ${unit.frame.payload.length}`),
    ),
  ),
  inserting(
    'window overflow',
    fc.record({ place: PLACE, length: WIDENINGS, times: fc.integer({ min: 1, max: 3 }) }),
    (unit, { length, times }) => ({
      frames: repeat(times, { ...update(unit), length }),
      text: `the window of stream ${unit.frame.streamId} is widened ${times} times by ${length}`,
    }),
  ),
  inserting(
    'window exceeded',
    fc.record({ place: PLACE, over: fc.constantFrom(1, 64 * 1024) }),
    (unit, { over }) => ({
      frames: [
        {
          ...update(unit),
          type: FRAME_TYPE.data,
          length: INITIAL_WINDOW + over,
          payload: Buffer.alloc(INITIAL_WINDOW + over),
        },
      ],
      text: `${INITIAL_WINDOW + over} bytes at once are sent on stream ${unit.frame.streamId}`,
    }),
  ),
  inserting(
    'data after FIN',
    fc.record({
      place: PLACE,
      type: fc.constantFrom(FRAME_TYPE.windowUpdate, FRAME_TYPE.data),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    (unit, { type, times }) => ({
      frames: repeat(times, { ...update(unit), type, flags: FLAG.fin }),
      text: `stream ${unit.frame.streamId} is ended ${times === 1 ? 'once' : `${times} times`} before this`,
    }),
  ),
  inserting('data after RST', fc.record({ place: PLACE }), (unit) => ({
    frames: [{ ...update(unit), flags: FLAG.rst }],
    text: `stream ${unit.frame.streamId} is reset before this`,
  })),
  inserting('stream opened again', fc.record({ place: PLACE, reset: fc.boolean() }), (unit, { reset }) => ({
    frames: [...(reset ? [{ ...update(unit), flags: FLAG.rst }] : []), { ...update(unit), flags: FLAG.syn }],
    text: `stream ${unit.frame.streamId} is ${reset ? 'reset and ' : ''}opened again`,
  })),
  inserting(
    'go-away',
    fc.record({ place: PLACE, code: fc.oneof(fc.integer({ min: 0, max: 3 }), UINT32) }),
    (_, { code }) => ({
      frames: [session(FRAME_TYPE.goAway, 0, code)],
      text: `a go-away with code ${code} is sent, and what follows all the same`,
    }),
  ),
  inserting(
    'pings',
    fc.record({
      place: PLACE,
      flags: fc.constantFrom(FLAG.syn, FLAG.ack, 0, FLAG.syn | FLAG.ack, FLAG.rst),
      number: UINT32,
      times: fc.constantFrom(1, 3, 200),
    }),
    (_, { flags, number, times }) => ({
      frames: repeat(times, session(FRAME_TYPE.ping, flags, number)),
      text: `${times} pings with the flags 0x${flags.toString(16)} and the number ${number} are sent`,
    }),
  ),
  inserting(
    'many streams',
    fc.record({ place: PLACE, count: fc.constantFrom(1, 8, FLOOD), first: fc.constantFrom(1_001, 1_000) }),
    (unit, { count, first }) => ({
      frames: Array.from({ length: count }, (_, i) => ({
        ...update(unit),
        flags: FLAG.syn,
        streamId: first + 2 * i,
      })),
      text: `${count} streams are opened, from ${first} on, on which nothing is sent`,
    }),
  ),
  inserting(
    'noise',
    fc.record({ place: PLACE, bytes: fc.uint8Array({ minLength: 1, maxLength: 40 }) }),
    (unit, { bytes }) => ({
      frames: [{ ...unit, what: 'noise', raw: bytes }],
      text: `${bytes.length} bytes that are no frame are sent`,
    }),
  ),
  mutationClass(
    'bit flipped',
    fc.record({ place: PLACE, bit: fc.integer({ min: 0, max: HEADER_BYTES * 8 - 1 }) }),
    changing(isWhole, (unit, { bit }) => {
      const raw = Buffer.from(encodeUnit(unit));
      raw[bit >> 3] = (raw[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      return {
        units: [{ ...unit, raw }],
        text: `bit ${bit & 7} of byte ${bit >> 3} of the frame with ${unit.what} is flipped`,
      };
    }),
  ),
  mutationClass('cut', fc.record({ place: PLACE, bytes: PLACE }), cutAt),
  ...orderMutations('frame', () => true),
];

function isData(unit: Unit): boolean {
  return isWhole(unit) && unit.frame.type === FRAME_TYPE.data;
}

function spoilt(unit: Unit, changes: Partial<RawFrame>, what: string): Mutated {
  return { units: [withFrame(unit, changes)], text: `the frame with ${unit.what} ${what}` };
}

/** A window update of the same stream that says nothing. */
function update({ frame }: Unit): RawFrame {
  return {
    version: 0,
    type: FRAME_TYPE.windowUpdate,
    flags: 0,
    streamId: frame.streamId,
    length: 0,
    payload: NOTHING,
  };
}

/** A frame that belongs to no stream. */
function session(type: number, flags: number, length: number): RawFrame {
  return { version: 0, type, flags, streamId: 0, length, payload: NOTHING };
}

function repeat<T>(times: number, what: T): T[] {
  return Array.from({ length: times }, () => what);
}

/** Sends something of its own in front of a unit. */
function inserting<P extends { readonly place: number }>(
  name: string,
  particulars: fc.Arbitrary<P>,
  make: (
    unit: Unit,
    particulars: P,
  ) => { readonly frames: readonly (RawFrame | Unit)[]; readonly text: string },
): MutationClass {
  return mutationClass(
    name,
    particulars,
    changing(isWhole, (unit, each) => {
      const { frames, text } = make(unit, each);
      const inserted = frames.map((frame) =>
        'frame' in frame ? frame : { ...unit, what: `a frame of ${name}`, part: 'control' as const, frame },
      );
      return { units: [...inserted, unit], text: `before ${unit.what}: ${text}` };
    }),
  );
}

/** Nothing is sent after some byte of some frame. */
function cutAt(
  units: readonly Unit[],
  { place, bytes }: { place: number; bytes: number },
): Mutated | undefined {
  const index = indexAt(units, place, () => true);
  const unit = index === undefined ? undefined : units[index];
  if (!unit || index === undefined) return undefined;
  const whole = encodeUnit(unit);
  const kept = bytes % whole.length;
  const last = kept === 0 ? [] : [{ ...unit, raw: whole.subarray(0, kept) }];
  return {
    units: [...units.slice(0, index), ...last],
    text: `after ${kept} of ${whole.length} bytes of the frame with ${unit.what} there is nothing more`,
  };
}
