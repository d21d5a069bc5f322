import { BOOLS, FLOATS, INT64, is, MEBIBYTE, TEXTS, UINT64 } from './edges.js';
import { type ArbitrarySchema, STRING, INT, BOOL, struct } from './schema.js';

const NIL = is(null);

/** One of each kind that Go has, and numbers with limits. */
export const SCALAR_SCHEMAS: readonly ArbitrarySchema[] = [
  { name: 'a bool', schema: BOOL, edges: BOOLS },
  { name: 'an int', schema: INT, edges: INT64 },
  { name: 'a uint', schema: { type: 'integer', go: 'uint' }, edges: UINT64 },
  { name: 'a float', schema: { type: 'number' }, edges: FLOATS },
  { name: 'a complex number', schema: { go: 'complex' }, edges: FLOATS },
  { name: 'a string', schema: STRING, edges: [...TEXTS, MEBIBYTE] },
  {
    name: 'bytes',
    schema: { type: 'string', go: '[]byte', contentEncoding: 'base64' },
    edges: [is(new Uint8Array()), is(Uint8Array.of(0)), is(Uint8Array.of(0xff)), MEBIBYTE],
  },
  { name: 'an interface', schema: struct({ Any: { go: 'interface' } }), edges: [NIL, is('a'), is(0)] },
  { name: 'an error', schema: struct({ Err: { go: 'error' } }), edges: [NIL] },
  {
    name: 'int8',
    schema: { ...INT, minimum: -128, maximum: 127 },
    edges: [-128, -127, -1, 0, 1, 126, 127].map(is),
  },
  {
    name: 'int16',
    schema: { ...INT, minimum: -32768, maximum: 32767 },
    edges: [-32768, -32767, 0, 32766, 32767].map(is),
  },
  {
    name: 'format int32',
    schema: { ...INT, format: 'int32' },
    edges: [-(2 ** 31), 1 - 2 ** 31, 0, 2 ** 31 - 2, 2 ** 31 - 1].map(is),
  },
  { name: 'format int64', schema: { ...INT, format: 'int64' }, edges: INT64 },
  {
    name: 'uint32',
    schema: { ...INT, go: 'uint', maximum: 4294967295 },
    edges: [0, 1, 4294967294, 4294967295].map(is),
  },
  { name: 'int64 by its limits', schema: { ...INT, minimum: -(2 ** 63), maximum: 2 ** 63 }, edges: INT64 },
  {
    name: 'excluded limits',
    schema: { ...INT, exclusiveMinimum: 10, exclusiveMaximum: 20 },
    edges: [11, 12, 18, 19].map(is),
  },
  {
    name: 'a range without zero',
    schema: { ...INT, minimum: 1000, maximum: 10000 },
    edges: [1000, 1001, 4096, 9999, 10000].map(is),
  },
  {
    name: 'multiples of 7',
    schema: { ...INT, multipleOf: 7, minimum: -70, maximum: 100 },
    edges: [-70, -63, 0, 7, 91, 98].map(is),
  },
  {
    name: 'multiples of 7, any',
    schema: { ...INT, multipleOf: 7 },
    edges: [0, 7, -7, 9223372036854775807n].map(is),
  },
  {
    name: 'a float in a range',
    schema: { type: 'number', minimum: -1, maximum: 1 },
    edges: [-1, 1, 0, -0, 0.5, Number.MIN_VALUE, 1 - 2 ** -53].map(is),
  },
  {
    name: 'a float between',
    schema: { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1 },
    edges: [Number.MIN_VALUE, 1 - 2 ** -53, 0.5].map(is),
  },
  {
    name: 'a float at least 0',
    schema: { type: 'number', minimum: 0 },
    edges: [0, Infinity, Number.MAX_VALUE, Number.MIN_VALUE].map(is),
  },
  {
    name: 'halves',
    schema: { type: 'number', multipleOf: 0.5, minimum: -2, maximum: 3 },
    edges: [-2, -1.5, 0, 2.5, 3].map(is),
  },
  {
    name: 'tenths',
    schema: { type: 'number', multipleOf: 0.1, minimum: 0, maximum: 1 },
    edges: [0, 0.1, 1].map(is),
  },
  {
    name: 'a float of 32 bits without fraction',
    schema: { type: 'number', format: 'int32' },
    edges: [-(2 ** 31), 0, 2 ** 31 - 1].map(is),
  },
  { name: 'one of three ints', schema: { ...INT, enum: [3, 1, 2] }, edges: [1, 2, 3].map(is) },
];
