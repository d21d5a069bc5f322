import * as fc from 'fast-check';
import { FLAG, FRAME_TYPE } from '../../../harness/yamux/index.js';
import { bytesOf, contentOf, int, intAt, message, structType, text, uint, type Bytes } from './gob-bytes.js';
import { changing, isWhole, mutationClass, PLACE, type MutationClass } from './mutation.js';
import { orderMutations } from './order-mutations.js';
import { withPayload, type Unit } from './unit.js';

/** A method’s name is looked up, not kept: 64 KiB is more than any has. */
const LONG = 64 * 1024;

/** Names that are looked up and not found, by what is odd about them. None of them is Control.Quit, which is obeyed. */
const ILL_NAMES: Readonly<Record<string, readonly (readonly [words: string, bytes: Uint8Array])[]>> = {
  'method without a dot': [
    ['without a dot', Buffer.from('Ping')],
    ['that is empty', Buffer.alloc(0)],
    ['of 64 KiB without a dot', Buffer.alloc(LONG, 'x')],
  ],
  'method without a part': [
    ['that is a dot', Buffer.from('.')],
    ['without a method', Buffer.from('Control.')],
    ['without a service', Buffer.from('.Ping')],
    ['with four dots', Buffer.from('Plugin.a.b.c.d')],
    ['of 64 KiB of dots', Buffer.alloc(LONG, '.')],
  ],
  'method that there is not': [
    ['of a service that there is not', Buffer.from('IgluConformance.Ping')],
    ['that there is not', Buffer.from('Control.IgluConformance')],
    ['in small letters', Buffer.from('control.ping')],
  ],
  'method of odd characters': [
    ['that is not UTF-8', Buffer.from('506c7567696e2ec328ff', 'hex')],
    ['with NUL and line feed', Buffer.from('Plugin.\0\n%s%n')],
  ],
};

const MAX_UINT64 = 2n ** 64n - 1n;

/** Type ids of gob’s own (type.go). */
const [BOOL, INT, UINT, FLOAT, BYTES, STRING, INTERFACE] = [1, 2, 3, 4, 5, 6, 8];

/** The first type id that no honest conversation comes to. */
const FREE_ID = 900;

/** Whole values of other kinds than what belongs there, with the definitions that they need. */
const WRONG_VALUES: readonly (readonly [words: string, ...messages: Uint8Array[]])[] = [
  ['a bool', message(int(BOOL), [0, 1])],
  ['an int', message(int(INT), [0], int(-1))],
  ['a uint of 64 bits', message(int(UINT), [0], uint(MAX_UINT64))],
  ['a float', message(int(FLOAT), [0], [0xfe, 0xf0, 0x3f])],
  ['bytes', message(int(BYTES), [0], text('\0\0\0'))],
  ['a string', message(int(STRING), [0], text('iglu-conformance'))],
  ['a nil interface', message(int(INTERFACE), [0, 0])],
  [
    'an interface with a type that nobody registered',
    message(int(INTERFACE), [0], text('main.Nobody'), int(INT), [2, 0, 2]),
  ],
  [
    'a struct of other fields',
    structType(FREE_ID, 'Request', [
      ['Seq', STRING],
      ['ServiceMethod', INT],
    ]),
    message(int(FREE_ID), [1], text('x'), [1], int(3), [0]),
  ],
  ['a struct without fields', structType(FREE_ID + 1, 'Request', []), message(int(FREE_ID + 1), [0])],
  [
    'a struct with a field more',
    structType(FREE_ID + 2, 'Request', [
      ['Extra', INTERFACE],
      ['Seq', UINT],
    ]),
    message(int(FREE_ID + 2), [2, 7, 0]),
  ],
];

const ILL_IDS = fc.constantFrom(0, 77, 0x7fff_ffff, 0xffff_ffff);

/** Every class of mutation of net/rpc’s messages: gob and yamux are in order. */
export const RPC_MUTATIONS: readonly MutationClass[] = [
  ...Object.entries(ILL_NAMES).map(([className, names]) =>
    mutationClass(
      className,
      fc.record({ place: PLACE, name: fc.constantFrom(...names) }),
      changing(isHeader, (unit, { name: [words, bytes] }) => ({
        units: [withHeader(unit, bytesOf(bytes), uint(7))],
        text: `${unit.what} names a method ${words}`,
      })),
    ),
  ),
  mutationClass(
    'sequence number',
    fc.record({ place: PLACE, seq: fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 63n, MAX_UINT64) }),
    changing(isHeader, (unit, { seq }) => ({
      units: [withHeader(unit, text(unit.what.replace('the header of ', '')), uint(seq))],
      text: `${unit.what} has the sequence number ${seq}`,
    })),
  ),
  mutationClass(
    'kind of header',
    fc.record({ place: PLACE, wrong: fc.constantFrom(...WRONG_VALUES) }),
    changing(isHeader, instead),
  ),
  mutationClass(
    'kind of body',
    fc.record({ place: PLACE, wrong: fc.constantFrom(...WRONG_VALUES) }),
    changing((unit) => isWhole(unit) && unit.part === 'body', instead),
  ),
  mutationClass(
    'broker id',
    fc.record({ place: PLACE, id: ILL_IDS }),
    changing(isBrokerId, (unit, { id }) => {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32LE(id);
      return { units: [withPayload(unit, bytes, 'control')], text: `the broker id is ${id}` };
    }),
  ),
  mutationClass(
    'broker id cut',
    fc.record({ place: PLACE, bytes: fc.integer({ min: 0, max: 3 }) }),
    changing(isBrokerId, (unit, { bytes }) => ({
      units: bytes === 0 ? [] : [withPayload(unit, unit.frame.payload.subarray(0, bytes), 'control')],
      text: `${bytes} of 4 bytes of the broker id are sent`,
    })),
  ),
  mutationClass(
    'dialled twice',
    fc.record({ place: PLACE, times: fc.integer({ min: 1, max: 4 }) }),
    changing(isBrokerId, (unit, { times }) => ({
      units: [unit, ...Array.from({ length: times }, (_, i) => dial(unit, 0x1001 + 2 * i)).flat()],
      text: `the broker id is dialled ${times} times more, on streams of their own`,
    })),
  ),
  mutationClass(
    'stream ended between messages',
    fc.record({ place: PLACE }),
    changing(isMessage, (unit) => ({
      units: [ended(unit), unit],
      text: `the stream is ended before ${unit.what}, which comes all the same`,
    })),
  ),
  ...orderMutations('message', (unit) => unit.part === 'header' || unit.part === 'body'),
];

function isHeader(unit: Unit): boolean {
  return isWhole(unit) && unit.part === 'header';
}

function isBrokerId(unit: Unit): boolean {
  return isWhole(unit) && unit.part === 'broker-id';
}

function isMessage(unit: Unit): boolean {
  return isWhole(unit) && (unit.part === 'header' || unit.part === 'body');
}

/** A Request with these fields, under the id that its type was defined with (net/rpc server.go, `Request`). */
function withHeader(unit: Unit, serviceMethod: Bytes, seq: Bytes): Unit {
  const content = contentOf(unit.frame.payload);
  return withPayload(unit, message(int(intAt(content, 0)), [1], serviceMethod, [1], seq, [0]));
}

function instead(
  unit: Unit,
  { wrong: [words, ...messages] }: { place: number; wrong: (typeof WRONG_VALUES)[number] },
): { units: Unit[]; text: string } {
  return {
    units: messages.map((bytes) => withPayload(unit, bytes, 'control')),
    text: `in the place of ${unit.what} stands ${words}`,
  };
}

/** Opens another stream and sends the same id on it. */
function dial(unit: Unit, streamId: number): Unit[] {
  const open = {
    version: 0,
    type: FRAME_TYPE.windowUpdate,
    flags: FLAG.syn,
    streamId,
    length: 0,
    payload: new Uint8Array(0),
  };
  return [
    { ...unit, what: `the opening of stream ${streamId}`, part: 'open', frame: open },
    { ...unit, frame: { ...unit.frame, streamId } },
  ];
}

function ended(unit: Unit): Unit {
  const frame = {
    ...unit.frame,
    type: FRAME_TYPE.windowUpdate,
    flags: FLAG.fin,
    length: 0,
    payload: new Uint8Array(0),
  };
  return { ...unit, what: 'the end of its stream', part: 'control', frame };
}
