import {
  ByteString,
  Complex,
  InterfaceValue,
  setField,
  type Value,
  type ValueStruct,
} from '../../../harness/value/index.js';

type Scalar = string | number | bigint;

/** The texts and numbers that a value has in more than one place. */
export function repeatedScalars(value: Value): Scalar[] {
  const counts = new Map<Scalar, number>();
  count(value, counts);
  return [...counts].filter(([, times]) => times > 1).map(([scalar]) => scalar);
}

function count(value: Value, counts: Map<Scalar, number>): void {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  } else if (Array.isArray(value)) {
    for (const item of value) count(item, counts);
  } else if (value instanceof Map) {
    for (const [key, item] of value) {
      count(key, counts);
      count(item, counts);
    }
  } else if (isStruct(value)) {
    for (const field of Object.values(value)) count(field, counts);
  }
}

/** The value with one text or number replaced wherever it stands. */
export function replaced(value: Value, from: Scalar, to: Value): Value {
  if (Object.is(value, from)) return to;
  if (Array.isArray(value)) return value.map((item) => replaced(item, from, to));
  if (value instanceof Map) {
    return new Map(Array.from(value, ([key, item]) => [replaced(key, from, to), replaced(item, from, to)]));
  }
  if (!isStruct(value)) return value;
  const struct: ValueStruct = {};
  for (const [name, field] of Object.entries(value)) setField(struct, name, replaced(field, from, to));
  return struct;
}

function isStruct(value: Value): value is ValueStruct {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Uint8Array) &&
    !(value instanceof ByteString) &&
    !(value instanceof Complex) &&
    !(value instanceof InterfaceValue)
  );
}
