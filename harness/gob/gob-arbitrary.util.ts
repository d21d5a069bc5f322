import * as fc from 'fast-check';

import {
  ByteString,
  Complex,
  InterfaceValue,
  setField,
  type Value,
  type ValueStruct,
} from '../value/index.js';
import * as gob from './index.js';
import { zeroValue, type GobType, type StructField } from './index.js';

const BASIC: readonly GobType[] = [
  gob.BOOL,
  gob.INT,
  gob.UINT,
  gob.FLOAT,
  gob.BYTES,
  gob.STRING,
  gob.COMPLEX,
  gob.INTERFACE,
];

const OPAQUE = ['gobEncoder', 'binaryMarshaler', 'textMarshaler'] as const;

const fieldName = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom('A', 'Name', 'ID', 'Ünit', 'X_1') },
  fc.constantFrom('__proto__', 'constructor', 'toString', '0', '$int', 'a b'),
);

/** Any type that is not recursive, nested a few levels. Arrays have a few elements at most. */
export const anyType: fc.Arbitrary<GobType> = fc.letrec<{ type: GobType; field: StructField }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...BASIC),
    fc.constantFrom(...OPAQUE).map((kind): GobType => ({ kind, name: 'Opaque' })),
    tie('type').map((elem) => gob.slice(elem)),
    fc.tuple(fc.nat(3), tie('type')).map(([length, elem]) => gob.array(length, elem)),
    fc.tuple(tie('type'), tie('type')).map(([key, elem]) => gob.map(key, elem)),
    fc
      .uniqueArray(tie('field'), { maxLength: 4, selector: ({ name }) => name })
      .map((fields): GobType => ({ kind: 'struct', name: 'T', fields })),
  ),
  field: fc.record({ name: fieldName, type: tie('type') }),
})).type;

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => new Uint8Array(array));

const wellFormed = fc.string({ unit: 'binary', maxLength: 60 });

const notUtf8 = fc.uint8Array({ maxLength: 12 }).map((tail) => new ByteString(Uint8Array.of(0xff, ...tail)));

/** As the decoder gives them: a bigint only where a number would not be safe. */
const integer = (min: bigint, max: bigint): fc.Arbitrary<Value> =>
  fc
    .oneof(fc.bigInt({ min, max }), fc.bigInt({ min: min < 0n ? -200n : 0n, max: 200n }))
    .map((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value));

const concrete: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.integer().map((value) => new InterfaceValue('int', value)),
  wellFormed.map((value) => new InterfaceValue('string', value)),
  fc.array(fc.double(), { maxLength: 3 }).map((value) => new InterfaceValue('[]float64', value)),
);

/** Values of a type, as the decoder gives them. Struct fields are left zero one time in three. */
export function valuesOf(type: GobType): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'bool':
      return fc.boolean();
    case 'int':
      return integer(-(2n ** 63n), 2n ** 63n - 1n);
    case 'uint':
      return integer(0n, 2n ** 64n - 1n);
    case 'float':
      return fc.double();
    case 'complex':
      return fc.tuple(fc.double(), fc.double()).map(([re, im]) => new Complex(re, im));
    case 'string':
      return fc.oneof(wellFormed, notUtf8);
    case 'interface':
      return concrete;
    case 'slice':
      return fc.array(valuesOf(type.elem), { maxLength: 4 });
    case 'array':
      return fc.array(valuesOf(type.elem), { minLength: type.length, maxLength: type.length });
    case 'map':
      return fc
        .array(fc.tuple(valuesOf(type.key), valuesOf(type.elem)), { maxLength: 3 })
        .map((entries) => new Map(entries));
    case 'struct':
      return structsOf(type.fields);
    default:
      return bytes;
  }
}

function structsOf(fields: readonly StructField[]): fc.Arbitrary<Value> {
  const parts = fields.map(({ type }) =>
    fc.oneof(
      { weight: 2, arbitrary: valuesOf(type) },
      fc.constant(null).map(() => zeroValue(type)),
    ),
  );
  return fc.tuple(...parts).map((values) => {
    const struct: ValueStruct = {};
    for (const [index, { name }] of fields.entries()) setField(struct, name, values[index] as Value);
    return struct;
  });
}

/** A type and a few values of it. */
export const anyTyped: fc.Arbitrary<readonly [GobType, Value[]]> = anyType.chain((type) =>
  fc.array(valuesOf(type), { minLength: 1, maxLength: 3 }).map((values) => [type, values] as const),
);
