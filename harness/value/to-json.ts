import { toBase64 } from './base64.js';
import { ByteString } from './byte-string.js';
import { Complex } from './complex.js';
import { checkDepth } from './depth.js';
import { InterfaceValue } from './interface-value.js';
import type { JsonObject, JsonValue } from './json-value.js';
import { setField } from './set-field.js';
import type { Value, ValueStruct } from './value.js';

/**
 * The tagged JSON form of a value. Nothing is lost: {@link fromJson} gives the same value again.
 *
 * | value                        | JSON                                                              |
 * |------------------------------|-------------------------------------------------------------------|
 * | null, boolean, string, array | itself                                                            |
 * | number                       | itself; `{"$float": "NaN" \| "Infinity" \| "-Infinity" \| "-0"}`  |
 * | bigint                       | `{"$int": "9223372036854775807"}`                                 |
 * | Uint8Array                   | `{"$bytes": "<base64>"}`                                          |
 * | ByteString                   | `{"$string": "<base64>"}`                                         |
 * | Complex                      | `{"$complex": [re, im]}`                                          |
 * | InterfaceValue               | `{"$interface": {"type": "<name>", "value": …}}`                  |
 * | Map                          | `{"$map": [[key, value], …]}`                                     |
 * | struct                       | an object; `{"$struct": {…}}` if one of its fields begins with `$` |
 *
 * @throws ValueError `VALUE_TOO_DEEP`
 */
export function toJson(value: Value): JsonValue {
  return write(value, 0);
}

function write(value: Value, depth: number): JsonValue {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return writeNumber(value);
    case 'bigint':
      return { $int: value.toString() };
    default:
      return value === null ? null : writeObject(value, depth);
  }
}

function writeNumber(value: number): JsonValue {
  if (Object.is(value, -0)) return { $float: '-0' };
  return Number.isFinite(value) ? value : { $float: String(value) };
}

function writeObject(value: Value & object, depth: number): JsonValue {
  checkDepth(depth);
  if (Array.isArray(value)) return value.map((item) => write(item, depth + 1));
  if (value instanceof Uint8Array) return { $bytes: toBase64(value) };
  if (value instanceof ByteString) return { $string: toBase64(value.bytes) };
  if (value instanceof Complex) return { $complex: [writeNumber(value.re), writeNumber(value.im)] };
  if (value instanceof InterfaceValue) {
    return { $interface: { type: value.typeName, value: write(value.value, depth + 1) } };
  }
  if (value instanceof Map) {
    return { $map: Array.from(value, ([key, item]) => [write(key, depth + 1), write(item, depth + 1)]) };
  }
  return writeStruct(value, depth);
}

function writeStruct(value: ValueStruct, depth: number): JsonValue {
  const object: JsonObject = {};
  let escape = false;
  for (const [name, field] of Object.entries(value)) {
    setField(object, name, write(field, depth + 1));
    escape ||= name.startsWith('$');
  }
  return escape ? { $struct: object } : object;
}
