import * as fc from 'fast-check';
import {
  arrayType,
  commonType,
  contentOf,
  framed,
  int,
  intAt,
  mapType,
  message,
  sliceType,
  structType,
  uint,
  uintWidth,
} from './gob-bytes.js';
import { changing, isWhole, mutationClass, PLACE, type MutationClass } from './mutation.js';
import { orderMutations } from './order-mutations.js';
import { withPayload, type Unit } from './unit.js';

/** What a message may say of its own length. Go takes less than 2^30 (decoder.go, `tooBig`). */
const LENGTHS = fc.constantFrom(
  0n,
  1n,
  2n ** 20n,
  2n ** 30n - 1n,
  2n ** 30n,
  2n ** 31n - 1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
);

/** Ids of types that there are not: never defined, between gob’s own, past int32 (type.go, `typeId`). */
const UNKNOWN_IDS = fc.constantFrom(0, 9, 15, 22, 24, 63, 500, 2 ** 31 - 1, 2 ** 31, 2 ** 52);

/** Types that nobody can make values of, or that are defined in terms of themselves. */
const ODD_TYPES: readonly (readonly [words: string, ...messages: Uint8Array[]])[] = [
  ['a slice of itself', sliceType(500, 500)],
  ['an array of itself', arrayType(500, 500, 2)],
  ['a map of itself', mapType(500, 500, 500)],
  ['a struct of itself', structType(500, 'T', [['Self', 500]])],
  ['two slices of each other', sliceType(500, 501), sliceType(501, 500)],
  ['a slice of a type that is not defined', sliceType(500, 777)],
  ['a type of a reserved id', sliceType(20, 6)],
  ['a type of id 1', sliceType(1, 6)],
  ['a type of the largest id', sliceType(2 ** 31 - 1, 6)],
  ['a type of id 65 once more', sliceType(65, 6)],
  ['an array of a negative length', arrayType(500, 2, -1)],
  ['an array of 2^31 elements', arrayType(500, 2, 2 ** 31)],
  ['an array of 2^62 elements', arrayType(500, 500, 2n ** 62n)],
  ['a wireType without a type', message(int(-500), [0])],
  [
    'a wireType with two types',
    message(int(-500), [2], commonType('', 500), [1], int(6), [0, 1], commonType('', 500), [0, 0]),
  ],
  ['a struct whose name says 2^31 bytes', message(int(-500), [3, 1, 1], uint(2 ** 31), [0x41, 0, 0, 0])],
  ['a struct of 2^31 fields', message(int(-500), [3], commonType('T', 500), [1], uint(2 ** 31), [0, 0])],
  [
    'a struct of 2,000 fields',
    structType(
      500,
      'T',
      Array.from({ length: 2_000 }, (_, i) => [`F${i}`, 6]),
    ),
  ],
  [
    'a struct with the same field twice',
    structType(500, 'T', [
      ['F', 6],
      ['F', 2],
    ]),
  ],
  ['a GobEncoder', message(int(-500), [5], commonType('T', 500), [0, 0])],
];

/** Every class of mutation of gob messages. The names and numbers in net/rpc’s headers are left alone. */
export const GOB_MUTATIONS: readonly MutationClass[] = [
  mutationClass(
    'declared length',
    fc.record({ place: PLACE, length: LENGTHS }),
    changing(isMessage, (unit, { length }) => {
      const content = contentOf(unit.frame.payload);
      return {
        units: [withPayload(unit, framed(content, length), 'control')],
        text: `${unit.what} declares ${length} bytes and has ${content.length}`,
      };
    }),
  ),
  mutationClass(
    'width of the length',
    fc.record({ place: PLACE, width: fc.integer({ min: 5, max: 128 }) }),
    changing(isMessage, (unit, { width }) => ({
      units: [withPayload(unit, Buffer.from([0x100 - width, ...contentOf(unit.frame.payload)]), 'control')],
      text: `the length of ${unit.what} is a number of ${width} bytes`,
    })),
  ),
  mutationClass(
    'type id',
    fc.record({ place: PLACE, id: UNKNOWN_IDS }),
    changing(isValue, (unit, { id }) => retyped(unit, id, `${unit.what} is of type ${id}`)),
  ),
  mutationClass(
    'value as definition',
    fc.record({ place: PLACE, id: fc.constantFrom(-1, -16, -65, -500, -(2 ** 31), -(2 ** 40)) }),
    changing(isValue, (unit, { id }) =>
      retyped(unit, id, `${unit.what} is sent as the definition of type ${-id}`),
    ),
  ),
  mutationClass(
    'odd type',
    fc.record({ place: PLACE, type: fc.constantFrom(...ODD_TYPES), used: fc.boolean() }),
    changing(isValue, (unit, { type: [words, ...messages], used }) => {
      const definitions = messages.map((bytes) => withPayload(unit, bytes, 'control'));
      const id = -intAt(contentOf(messages[0] ?? Buffer.alloc(2)), 0);
      const value = used ? retyped(unit, id, '').units : [unit];
      return {
        units: [...definitions, ...value],
        text: `before ${unit.what}${used ? ', which is said to be one,' : ''} a type is defined: ${words}`,
      };
    }),
  ),
  mutationClass(
    'message cut',
    fc.record({ place: PLACE, bytes: PLACE }),
    changing(isMessage, (unit, { bytes }) => {
      const content = contentOf(unit.frame.payload);
      const kept = bytes % Math.max(1, content.length);
      return {
        units: [withPayload(unit, framed(content.subarray(0, kept)), 'control')],
        text: `${unit.what} has ${kept} of ${content.length} bytes, and says so`,
      };
    }),
  ),
  mutationClass(
    'bytes behind',
    fc.record({ place: PLACE, bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }) }),
    changing(isMessage, (unit, { bytes }) => ({
      units: [withPayload(unit, framed(Buffer.concat([contentOf(unit.frame.payload), bytes])), 'control')],
      text: `${unit.what} has ${bytes.length} bytes more behind its value`,
    })),
  ),
  mutationClass(
    'counts',
    fc.record({
      place: PLACE,
      count: fc.constantFrom(2n ** 31n - 1n, 2n ** 32n, 2n ** 63n - 1n, 2n ** 64n - 1n),
    }),
    changing(isValue, (unit, { count }) => {
      const content = contentOf(unit.frame.payload);
      const id = content.subarray(0, uintWidth(content, 0));
      return {
        units: [
          withPayload(unit, framed(Buffer.concat([id, Buffer.from([...uint(count), 1, 1])])), 'control'),
        ],
        text: `the first number in ${unit.what} is ${count}`,
      };
    }),
  ),
  mutationClass(
    'bit flipped',
    fc.record({ place: PLACE, bit: PLACE }),
    changing(isFramework, (unit, { bit }) => {
      const bytes = Buffer.from(unit.frame.payload);
      const at = bit % (flippable(unit) * 8);
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (0x80 >> (at & 7));
      return {
        units: [withPayload(unit, bytes, 'control')],
        text: `bit ${at & 7} of byte ${at >> 3} of ${unit.what} is flipped`,
      };
    }),
  ),
  ...orderMutations('definition', (unit) => unit.part === 'definition'),
];

function isMessage(unit: Unit): boolean {
  return isWhole(unit) && ['definition', 'header', 'body'].includes(unit.part);
}

function isValue(unit: Unit): boolean {
  return isWhole(unit) && (unit.part === 'header' || unit.part === 'body');
}

function isFramework(unit: Unit): boolean {
  return isMessage(unit) && flippable(unit) > 0;
}

/** All of a definition; of a value only its length and type, for the rest is what the plugin’s methods are asked. */
function flippable({ part, frame: { payload } }: Unit): number {
  if (part === 'definition') return payload.length;
  const width = uintWidth(payload, 0);
  return Math.min(payload.length, width + uintWidth(payload, width));
}

function retyped(unit: Unit, id: number, text: string): { units: Unit[]; text: string } {
  const content = contentOf(unit.frame.payload);
  const rest = content.subarray(uintWidth(content, 0));
  return {
    units: [withPayload(unit, framed(Buffer.concat([Buffer.from(int(id)), rest])), 'control')],
    text,
  };
}
