import type { GobType } from '../gob/types.js';
import { Complex, fromJson, setField } from '../value/index.js';
import type { JsonObject, JsonValue, Value, ValueStruct } from '../value/index.js';

/**
 * The value that an example in a contract stands for: plain JSON as far as the type tells what is meant (base64 for
 * bytes, an object for a map, `[re, im]` for a complex number), and harness/value's tagged form everywhere.
 *
 * @throws ValueError for a tagged form that is malformed
 */
export function fromExample(json: JsonValue, type: GobType): Value {
  if (isObject(json) && isTagged(json)) return fromJson(json);
  switch (type.kind) {
    case 'bytes':
      return typeof json === 'string' ? fromJson({ $bytes: json }) : fromJson(json);
    case 'complex':
      return Array.isArray(json) ? fromJson({ $complex: json }) : new Complex(Number(json), 0);
    case 'slice':
    case 'array':
      return Array.isArray(json) ? json.map((item) => fromExample(item, type.elem)) : fromJson(json);
    case 'map':
      if (!isObject(json)) return fromJson(json);
      return new Map(
        Object.entries(json).map(([key, item]) => [keyOf(key, type.key), fromExample(item, type.elem)]),
      );
    case 'struct': {
      if (!isObject(json)) return fromJson(json);
      const struct: ValueStruct = {};
      for (const [name, item] of Object.entries(json)) {
        const field = type.fields.find((known) => known.name === name);
        setField(struct, name, field === undefined ? fromJson(item) : fromExample(item, field.type));
      }
      return struct;
    }
    default:
      return fromJson(json);
  }
}

function keyOf(key: string, type: GobType): Value {
  if (type.kind === 'string') return key;
  return type.kind === 'bool' ? key === 'true' : Number(key);
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function isTagged(json: JsonObject): boolean {
  const [name, ...more] = Object.keys(json);
  return name !== undefined && more.length === 0 && name.startsWith('$');
}
