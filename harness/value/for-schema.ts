import { toBase64 } from './base64.js';
import { ByteString } from './byte-string.js';
import { canonicalText } from './canonical-text.js';
import { Complex } from './complex.js';
import { checkDepth } from './depth.js';
import { InterfaceValue } from './interface-value.js';
import type { JsonObject, JsonValue } from './json-value.js';
import { projectInteger } from './project-integer.js';
import type { Value, ValueMap } from './value.js';

/**
 * What a JSON Schema validator gets to see of a value. It is for judging, not for reading back:
 *
 * - structs and maps are objects without a prototype, so that `required` sees no inherited names; map keys that are
 *   no strings are written as text (numbers in decimal);
 * - a bigint is a nearby number on the same side of the limits of int64 and uint64 (see {@link projectInteger});
 * - bytes are base64, a ByteString has U+FFFD where it is not UTF-8, a Complex is `[re, im]`;
 * - an interface is the value in it, nil is null. NaN and infinities stay, and no schema calls them numbers.
 *
 * @throws ValueError `VALUE_TOO_DEEP`
 */
export function forSchema(value: Value): JsonValue {
  return project(value, 0);
}

function project(value: Value, depth: number): JsonValue {
  if (typeof value === 'bigint') return projectInteger(value);
  if (typeof value !== 'object' || value === null) return value;
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => project(item, depth + 1));
  if (value instanceof Uint8Array) return toBase64(value);
  if (value instanceof ByteString) return value.toString();
  if (value instanceof Complex) return [value.re, value.im];
  if (value instanceof InterfaceValue) return project(value.value, depth + 1);
  return projectFields(value instanceof Map ? namedEntries(value) : Object.entries(value), depth);
}

function projectFields(fields: Iterable<[string, Value]>, depth: number): JsonObject {
  const object = Object.create(null) as JsonObject;
  for (const [name, value] of fields) object[name] = project(value, depth + 1);
  return object;
}

function namedEntries(map: ValueMap): [string, Value][] {
  return Array.from(map, ([key, value]) => [keyName(key), value]);
}

function keyName(key: Value): string {
  if (typeof key === 'string') return key;
  return key instanceof ByteString ? key.toString() : canonicalText(key);
}
