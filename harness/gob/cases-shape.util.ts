import { ByteString, Complex } from '../value/index.js';
import type { Case } from './cases.util.js';
import {
  array,
  BOOL,
  BYTES,
  COMPLEX,
  FLOAT,
  INT,
  INTERFACE,
  map,
  slice,
  STRING,
  struct,
  UINT,
} from './index.js';

// The types of oracle/cases_shape.go.

export const point = struct('Point', { X: INT, Y: INT });
/** Go leaves the name out where it meets a struct first in an array or a map. */
const namelessPoint = struct('', { X: INT, Y: INT });
const ints = slice(INT, '[]int');
const pointOf = (X: number, Y: number): { X: number; Y: number } => ({ X, Y });

const kinds = struct('Kinds', {
  Bool: BOOL,
  Int: INT,
  Int8: INT,
  Int64: INT,
  Uint: UINT,
  Uint8: UINT,
  Uint64: UINT,
  Uintptr: UINT,
  Float32: FLOAT,
  Float64: FLOAT,
  Complex64: COMPLEX,
  Complex128: COMPLEX,
  String: STRING,
  Bytes: BYTES,
  Array: array(2, UINT, '[2]uint8'),
  Slice: ints,
  Map: map(STRING, INT, 'map[string]int'),
  Struct: point,
  Pointer: INT,
  Any: INTERFACE,
});

const naming = struct('Naming', {
  Celsius: FLOAT,
  Words: slice(STRING, 'Words'),
  Scores: map(INT, BOOL, 'Scores'),
  Digest: array(4, UINT, 'Digest'),
  Raw: BYTES,
  Chars: slice(INT, 'Chars'),
});

const derived = struct('Derived', { Base: struct('Base', { ID: STRING }), Point: point, Name: STRING });

const pointers = struct('Pointers', {
  Int: INT,
  String: STRING,
  List: ints,
  Struct: point,
  Nil: INT,
  NoList: ints,
});

const empty = struct('Empty', {});
const request = struct('Request', { ServiceMethod: STRING, Seq: UINT });
const pointSlice = slice(point);
const noKinds = {
  Bool: false,
  Int: 0,
  Int8: 0,
  Int64: 0,
  Uint: 0,
  Uint8: 0,
  Uint64: 0,
  Uintptr: 0,
  Float32: 0,
  Float64: 0,
  Complex64: new Complex(0, 0),
  Complex128: new Complex(0, 0),
  String: '',
  Bytes: new Uint8Array(0),
  Array: [0, 0],
  Slice: [],
  Map: new Map(),
  Struct: pointOf(0, 0),
  Pointer: 0,
  Any: null,
};

export const SHAPE_CASES: Record<string, Case> = {
  "gob's Point": { types: [point, point], values: [pointOf(22, 33), pointOf(22, 33)] },
  'every kind': {
    types: [kinds, kinds],
    values: [
      {
        Bool: true,
        Int: -1,
        Int8: -128,
        Int64: -(2n ** 63n),
        Uint: 1,
        Uint8: 255,
        Uint64: 2n ** 64n - 1n,
        Uintptr: 7,
        Float32: 1.5,
        Float64: -Number.MAX_VALUE,
        Complex64: new Complex(1, -2),
        Complex128: new Complex(Infinity, -0),
        String: 'ä\0💡',
        Bytes: Uint8Array.of(0, 255),
        Array: [128, 0],
        Slice: [0, -64, 64, 2 ** 40],
        Map: new Map([['', 0]]),
        Struct: pointOf(1, 0),
        Pointer: 9,
        Any: null,
      },
      noKinds,
    ],
  },
  'named types': {
    types: [naming],
    values: [
      {
        Celsius: 36.6,
        Words: ['a'],
        Scores: new Map([[3, true]]),
        Digest: [1, 2, 3, 200],
        Raw: Buffer.from('raw'),
        Chars: [0xe4],
      },
    ],
  },
  'embedded structs': {
    types: [derived, derived],
    values: [
      { Base: { ID: 'b' }, Point: pointOf(1, 2), Name: 'n' },
      { Base: { ID: '' }, Point: pointOf(0, 0), Name: '' },
    ],
    // The second Point is a nil pointer, the second Base is not: that is sent although it is zero.
    sent: [
      { Base: { ID: 'b' }, Point: pointOf(1, 2), Name: 'n' },
      { Base: {}, Point: null },
    ],
  },
  'pointers to pointers': {
    types: [pointers, pointers],
    values: [
      { Int: 5, String: 's', List: [1], Struct: pointOf(1, 1), Nil: 0, NoList: [] },
      { Int: 0, String: '', List: [], Struct: pointOf(0, 0), Nil: 0, NoList: [] },
    ],
    sent: [{ Int: 5, String: 's', List: [1], Struct: pointOf(1, 1) }, {}],
  },
  'arrays of arrays': {
    types: [array(2, array(3, UINT)), array(0, INT), array(2, namelessPoint)],
    values: [
      [
        [1, 2, 3],
        [250, 0, 0],
      ],
      [],
      [pointOf(1, 2), pointOf(0, 0)],
    ],
  },
  'maps of structs': {
    types: [map(STRING, namelessPoint), map(namelessPoint, STRING), map(STRING, map(INT, BOOL))],
    values: [
      new Map([['p', pointOf(1, 2)]]),
      new Map([[pointOf(3, 4), 'q']]),
      new Map([['m', new Map([[-5, true]])]]),
    ],
    sent: [{ p: pointOf(1, 2) }, new Map([[pointOf(3, 4), 'q']]), { m: { '-5': true } }],
  },
  'empty structs': {
    types: [empty, slice(empty, ''), map(STRING, empty)],
    values: [{}, [{}, {}], new Map([['e', {}]])],
  },
  'unsent fields': {
    types: [struct('Partly', { Sent: INT, Also: STRING })],
    values: [{ Sent: 1, Also: 'a' }],
  },
  'top-level scalars': {
    types: [INT, STRING, STRING, BOOL, BOOL, UINT, FLOAT, FLOAT, COMPLEX, BYTES, BYTES],
    values: [3, 's', '', true, false, 7, 17, 0, new Complex(1, 2), Uint8Array.of(1), new Uint8Array(0)],
  },
  'a stream of shared types': {
    types: [point, pointSlice, map(STRING, point), point, pointSlice],
    values: [
      pointOf(1, 2),
      [pointOf(3, 4)],
      new Map([['k', pointOf(5, 6)]]),
      pointOf(0, 0),
      [pointOf(7, 8), pointOf(9, 9)],
    ],
  },
  'bytes and their like': {
    types: [BYTES, array(4, UINT), slice(UINT), slice(INT)],
    values: [Buffer.from('bytes'), [1, 2, 3, 255], [1, 300], [-1, 1]],
  },
  'slices of slices': { types: [slice(slice(slice(STRING)))], values: [[[['a', ''], []], []]] },
  'edges of the integers': {
    types: [slice(INT), slice(UINT)],
    values: [
      [
        -(2n ** 63n),
        2n ** 63n - 1n,
        2n ** 53n,
        -(2n ** 53n),
        2 ** 53 - 1,
        1 - 2 ** 53,
        -(2n ** 53n) - 1n,
        2 ** 52 - 1,
        2 ** 52,
        -(2 ** 52),
        63,
        64,
        -64,
        -65,
      ],
      [
        2n ** 64n - 1n,
        2n ** 63n,
        2n ** 53n,
        2 ** 53 - 1,
        2 ** 32,
        2 ** 32 - 1,
        127,
        128,
        255,
        256,
        65535,
        65536,
        2 ** 24 - 1,
        2 ** 24,
      ],
    ],
  },
  floats: {
    types: [slice(FLOAT), slice(FLOAT)],
    values: [[0, -0, 1, -1, 17, 0.1, Infinity, -Infinity, NaN, Number.MIN_VALUE, Number.MAX_VALUE], [1.5]],
    // Go's NaN has other bits than JavaScript's.
    exact: false,
  },
  strings: {
    types: [slice(STRING)],
    values: [
      [
        '',
        'a',
        new ByteString(Uint8Array.of(0xff)),
        'ä',
        new ByteString(Uint8Array.of(0xed, 0xa0, 0x80)),
        '\ufeffbom',
        '\ufffd',
        '\0'.repeat(300),
      ],
    ],
  },
  'net/rpc headers': {
    types: [request, request],
    values: [
      { ServiceMethod: 'Plugin.GetManifest', Seq: 0 },
      { ServiceMethod: 'Plugin.OnLoad', Seq: 2 ** 40 },
    ],
  },
};
