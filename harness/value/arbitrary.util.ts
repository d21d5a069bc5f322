import * as fc from 'fast-check';

import { ByteString, Complex, InterfaceValue, setField, type Value, type ValueStruct } from './index.js';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const bytes = fc.uint8Array({ maxLength: 16 });
const notUtf8 = bytes.map((tail) => new ByteString(Uint8Array.of(0xff, ...tail)));
const anyString = fc.string({ unit: 'binary', maxLength: 12 });

/** Names as a peer may choose them: tags, prototypes, empty, numeric. */
const fieldName = fc.oneof(
  { weight: 4, arbitrary: anyString },
  fc.constantFrom('$int', '$map', '$struct', '$', '__proto__', 'constructor', 'toString', '0', ''),
);

function struct(fields: [string, Value][]): ValueStruct {
  const made: ValueStruct = {};
  for (const [name, value] of fields) setField(made, name, value);
  return made;
}

/** Any value whatever, compound map keys and hostile field names included. */
export const anyValue: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double(),
    fc.constantFrom(-0, NaN, Infinity, -Infinity, Number.MAX_SAFE_INTEGER),
    int64,
    uint64,
    anyString,
    bytes,
    notUtf8,
    fc.tuple(fc.double(), fc.double()).map(([re, im]) => new Complex(re, im)),
    fc.tuple(anyString, tie('value')).map(([name, value]) => new InterfaceValue(name, value)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 4 }).map((entries) => new Map(entries)),
    fc.array(fc.tuple(fieldName, tie('value')), { maxLength: 4 }).map(struct),
  ),
})).value;

/** A value with `depth` levels around a 1, made by wrapping. */
export function nested(depth: number, wrap: (inner: Value) => Value): Value {
  let value: Value = 1;
  for (let level = 0; level < depth; level++) value = wrap(value);
  return value;
}

/** Each way to nest. */
export const WRAPPERS: Record<string, (inner: Value) => Value> = {
  struct: (inner) => ({ Next: inner }),
  'escaped struct': (inner) => ({ $next: inner }),
  list: (inner) => [inner],
  map: (inner) => new Map([[1, inner]]),
  'map key': (inner) => new Map([[inner, 1]]),
  interface: (inner) => new InterfaceValue('T', inner),
};
