import type { GobErrorCode, GobLimits } from './index.js';
import {
  arrayType,
  commonType,
  int,
  mapType,
  message,
  sliceType,
  structType,
  text,
  uint,
  type Bytes,
} from './raw.util.js';

export const INT = 2;
export const BYTES = 5;
export const STRING = 6;
export const INTERFACE = 8;

export const repeat = <T>(count: number, make: (index: number) => readonly T[]): T[] =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

/** Struct types 100, 101, … of which each has the fields A and B of the next; the last has none. */
export const doubling = (count: number): Bytes => [
  ...repeat(count, (i) =>
    structType(100 + i, '', [
      ['A', 101 + i],
      ['B', 101 + i],
    ]),
  ),
  ...structType(100 + count, '', []),
];

/** Struct types 100, 101, … of which each has a field of the next. */
export const chain = (count: number): Bytes => [
  ...repeat(count, (i) => structType(100 + i, '', [['A', 101 + i]])),
  ...structType(100 + count, '', []),
];

export const list = structType(65, 'List', [
  ['V', INT],
  ['Next', 65],
]);
export const nestedList = (depth: number): Bytes =>
  message(
    int(65),
    repeat(depth - 1, () => [2]),
    repeat(depth, () => [0]),
  );

/** []interface{} in []interface{}. */
export const anySlice = [...sliceType(65, INTERFACE)];
export const nestedInterfaces = (depth: number): Bytes =>
  message(
    int(65),
    [0],
    repeat(depth, () => [1, ...text('s'), ...int(65), 1, 0]),
    [0],
  );

/** What a decoder must not swallow, and how it says so. */
export const HOSTILE: readonly [
  name: string,
  code: GobErrorCode,
  bytes: Bytes,
  limits?: Partial<GobLimits>,
][] = [
  ['a message of 2^64 - 1 bytes', 'GOB_LIMIT', [0xf8, 255, 255, 255, 255, 255, 255, 255, 255]],
  ['a message a byte too long', 'GOB_LIMIT', uint(64 * 1024 * 1024 + 1)],
  ['a length of 9 bytes', 'GOB_MALFORMED', [0xf7, 1, 2, 3, 4, 5, 6, 7, 8, 9]],
  ['a length of 128 bytes', 'GOB_MALFORMED', [0x80]],
  ['an empty message', 'GOB_MALFORMED', [0]],

  ['a type that was not defined', 'GOB_UNKNOWN_TYPE', message(int(65), [0])],
  ['the type 0', 'GOB_UNKNOWN_TYPE', message(int(0), [0])],
  ['a reserved type', 'GOB_UNKNOWN_TYPE', message(int(9), [0])],
  [
    'a type made of what was not defined',
    'GOB_UNKNOWN_TYPE',
    [...sliceType(65, 66), ...message(int(65), [0, 0])],
  ],
  ['a type defined twice', 'GOB_MALFORMED', [...list, ...list]],
  ['a basic type defined', 'GOB_MALFORMED', sliceType(INT, INT)],
  ['a bootstrap type defined', 'GOB_MALFORMED', sliceType(18, INT)],
  ['a type id past int32', 'GOB_MALFORMED', sliceType(2 ** 31, INT)],
  ['the least type id of all', 'GOB_MALFORMED', message([0xf8, 255, 255, 255, 255, 255, 255, 255, 255])],
  [
    'a definition with more behind it',
    'GOB_MALFORMED',
    message(sliceType(65, INT).slice(1), int(65), [0, 0]),
  ],
  ['a definition of nothing', 'GOB_MALFORMED', message(int(-65), [0])],
  ['a definition of two things', 'GOB_MALFORMED', message(int(-65), [2, 1, 2, 4, 0, 0, 1, 1, 2, 4, 0, 0, 0])],
  ['a kind that gob has not', 'GOB_MALFORMED', message(int(-65), [8, 0])],
  ['a field without a name', 'GOB_MALFORMED', structType(65, 'T', [['', INT]])],
  [
    'two fields of one name',
    'GOB_MALFORMED',
    structType(65, 'T', [
      ['A', INT],
      ['A', INT],
    ]),
  ],
  ['a name that is not UTF-8', 'GOB_MALFORMED', message(int(-65), [2, 1, 1, 1, 0xff, 0, 0, 0])],
  ['an array of negative length', 'GOB_MALFORMED', arrayType(65, INT, -1)],

  [
    'an array type of 2^40 empty structs',
    'GOB_LIMIT',
    [...structType(66, '', []), ...arrayType(65, 66, 2 ** 40)],
  ],
  ['an array type of 2^62 integers', 'GOB_LIMIT', arrayType(65, INT, 2n ** 62n)],
  [
    'a slice of 2^63 elements',
    'GOB_LIMIT',
    [...sliceType(65, INT), ...message(int(65), [0], uint(2n ** 63n))],
  ],
  [
    'a slice of a million elements that are not there',
    'GOB_MALFORMED',
    [...sliceType(65, INT), ...message(int(65), [0], uint(1e6), [2])],
  ],
  [
    'a slice of empty structs that are not there',
    'GOB_MALFORMED',
    [...structType(66, '', []), ...sliceType(65, 66), ...message(int(65), [0], uint(9), [0])],
  ],
  ['a map of 2^40 entries', 'GOB_LIMIT', [...mapType(65, INT, INT), ...message(int(65), [0], uint(2 ** 40))]],
  [
    'a map whose entries are not there',
    'GOB_MALFORMED',
    [...mapType(65, INT, INT), ...message(int(65), [0, 3, 2, 2])],
  ],
  [
    'a map with a key and no element',
    'GOB_MALFORMED',
    [...mapType(65, INT, INT), ...message(int(65), [0, 1, 2])],
  ],
  [
    'an array of another length',
    'GOB_MALFORMED',
    [...arrayType(65, INT, 2), ...message(int(65), [0, 3, 2, 2, 2])],
  ],
  [
    'arrays in arrays that are not sent',
    'GOB_LIMIT',
    [
      ...structType(65, '', [['A', 66]]),
      ...arrayType(66, 67, 1000),
      ...arrayType(67, 68, 1000),
      ...arrayType(68, INT, 1000),
      ...message(int(65), [0]),
    ],
  ],
  ['zeros that double 40 times', 'GOB_LIMIT', [...doubling(40), ...message(int(100), [0])]],
  ['zeros that double without end', 'GOB_LIMIT', [...doubling(1500), ...message(int(100), [0])]],
  ['zeros nested too deeply', 'GOB_LIMIT', [...chain(1001), ...message(int(100), [0])]],
  [
    'many structs of many zeros',
    'GOB_LIMIT',
    [
      ...structType(
        66,
        '',
        repeat(1000, (i) => [[`F${i}`, INT] as const]),
      ),
      ...sliceType(65, 66),
      ...message(
        int(65),
        [0],
        uint(5000),
        repeat(5000, () => [0]),
      ),
    ],
  ],

  ['a string longer than its message', 'GOB_MALFORMED', message(int(STRING), [0, 5, 0x61])],
  ['bytes longer than any message', 'GOB_MALFORMED', message(int(BYTES), [0], uint(2n ** 60n))],
  ['an integer longer than its message', 'GOB_MALFORMED', message(int(INT), [0, 0xfe, 1])],
  ['an integer of 9 bytes', 'GOB_MALFORMED', message(int(INT), [0, 0xf7, 1, 2, 3, 4, 5, 6, 7, 8, 9])],
  ['nothing behind a type id', 'GOB_MALFORMED', message(int(INT))],
  ['no value', 'GOB_MALFORMED', message(int(INT), [0])],
  ['a value without its 0', 'GOB_MALFORMED', message(int(INT), [1, 2])],
  ['a field past the last', 'GOB_MALFORMED', [...list, ...message(int(65), [3, 2, 0])]],
  ['a field far past the last', 'GOB_MALFORMED', [...list, ...message(int(65), uint(2n ** 64n - 1n))]],

  ['an interface without a type', 'GOB_MALFORMED', message(int(INTERFACE), [0], text('T'))],
  [
    'an interface of an unknown type',
    'GOB_UNKNOWN_TYPE',
    message(int(INTERFACE), [0], text('T'), int(70), [1, 0]),
  ],
  [
    'an interface in an interface',
    'GOB_MALFORMED',
    message(int(INTERFACE), [0], text('T'), int(INTERFACE), [2, 0, 0]),
  ],
  [
    'an interface value without its 0',
    'GOB_MALFORMED',
    message(int(INTERFACE), [0], text('int'), int(INT), [2, 1, 2]),
  ],
  [
    'an interface that ends behind its type',
    'GOB_MALFORMED',
    message(int(INTERFACE), [0], text('int'), int(INT)),
  ],
  [
    'an interface with a name that is not UTF-8',
    'GOB_MALFORMED',
    message(int(INTERFACE), [0, 1, 0xff], int(INT), [2, 0, 2]),
  ],

  ['a value nested too deeply', 'GOB_LIMIT', [...list, ...nestedList(1001)]],
  ['a value nested a million levels', 'GOB_LIMIT', [...list, ...nestedList(1_000_000)]],
  [
    'the same, where the limit is lifted',
    'GOB_LIMIT',
    [...list, ...nestedList(1_000_000)],
    { maxDepth: Infinity },
  ],
  ['interfaces nested too deeply', 'GOB_LIMIT', [...anySlice, ...nestedInterfaces(500)]],
  [
    'lists nested too deeply',
    'GOB_LIMIT',
    [
      ...sliceType(65, 65),
      ...message(
        int(65),
        [0],
        repeat(2000, () => [1]),
        [0],
      ),
    ],
  ],
  [
    'a type nested deeper than values may be',
    'GOB_LIMIT',
    [
      ...repeat(4000, (i) => sliceType(100 + i, 101 + i)),
      ...sliceType(4100, INT),
      ...message(
        int(100),
        [0],
        repeat(4000, () => [1]),
        [0],
      ),
    ],
  ],

  [
    'an interface in a list, where one level is allowed',
    'GOB_LIMIT',
    [...anySlice, ...message(int(65), [0, 1], text('int'), int(INT), [2, 0, 2])],
    { maxDepth: 1 },
  ],
  [
    'a map in a list, where one level is allowed',
    'GOB_LIMIT',
    [...sliceType(65, 66), ...mapType(66, INT, INT), ...message(int(65), [0, 1, 0])],
    { maxDepth: 1 },
  ],
  [
    'an array in a list, where one level is allowed',
    'GOB_LIMIT',
    [...sliceType(65, 66), ...arrayType(66, INT, 1), ...message(int(65), [0, 1, 1, 0])],
    { maxDepth: 1 },
  ],
  ['too many types', 'GOB_LIMIT', repeat(4097, (i) => sliceType(100 + i, INT))],
  [
    'too many bytes of types',
    'GOB_LIMIT',
    repeat(11, (i) => structType(100 + i, '', [['A'.repeat(100), INT]])),
    { maxTypeBytes: 1100 },
  ],
  [
    'too many fields',
    'GOB_LIMIT',
    structType(
      65,
      '',
      repeat(1025, (i) => [[`F${i}`, INT] as const]),
    ),
  ],
  ['fields that are not there', 'GOB_LIMIT', message(int(-65), [3], commonType('T', 65), [1], uint(2 ** 40))],
  ['a long type name', 'GOB_LIMIT', structType(65, 'T'.repeat(1025), [])],
  ['a long field name', 'GOB_LIMIT', structType(65, '', [['T'.repeat(1025), INT]])],
  [
    'a long name in an interface',
    'GOB_LIMIT',
    message(int(INTERFACE), [0], text('T'.repeat(1025)), int(INT), [2, 0, 2]),
  ],
  ['a name that is longer than anything', 'GOB_LIMIT', message(int(INTERFACE), [0], uint(2n ** 63n))],
  [
    'too many names in interfaces',
    'GOB_LIMIT',
    [
      ...anySlice,
      ...message(
        int(65),
        [0],
        uint(5000),
        repeat(5000, (i) => [...text(`N${i}`), ...int(INT), 2, 0, 2]),
      ),
    ],
  ],
  [
    'a value in too many messages',
    'GOB_LIMIT',
    [
      ...anySlice,
      ...message(int(65), [0], uint(100), text('A'), sliceType(100, INT).slice(1)),
      ...repeat(99, (i) => message(int(100 + i), [2, 0, 0], text('A'), sliceType(101 + i, INT).slice(1))),
    ],
    { maxMessageBytes: 1000 },
  ],
];
