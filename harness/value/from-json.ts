import { quote } from '../quote.js';
import { fromBase64 } from './base64.js';
import { ByteString } from './byte-string.js';
import { Complex } from './complex.js';
import { checkDepth } from './depth.js';
import { ValueError } from './errors.js';
import { InterfaceValue } from './interface-value.js';
import type { JsonObject, JsonValue } from './json-value.js';
import { setField } from './set-field.js';
import type { Value, ValueStruct } from './value.js';

/**
 * The value that {@link toJson} wrote.
 *
 * @throws ValueError `VALUE_MALFORMED` for a tag that is unknown, is not alone in its object, or holds what it may
 * not; the message has the path to it. `VALUE_TOO_DEEP`.
 */
export function fromJson(json: JsonValue): Value {
  return read(json, '', 0);
}

type ReadTag = (content: JsonValue, path: string, depth: number) => Value;

const TAGS: ReadonlyMap<string, ReadTag> = new Map<string, ReadTag>([
  ['$int', readInt],
  ['$float', (content, path) => readFloat({ $float: content }, path)],
  ['$bytes', (content, path) => readBase64(content, path)],
  ['$string', (content, path) => new ByteString(readBase64(content, path))],
  ['$complex', readComplex],
  ['$interface', readInterface],
  ['$map', readMap],
  ['$struct', readEscapedStruct],
]);

const FLOATS: ReadonlyMap<string, number> = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['-0', -0],
]);

function read(json: JsonValue, path: string, depth: number): Value {
  if (typeof json !== 'object' || json === null) return json;
  checkDepth(depth);
  if (Array.isArray(json)) return json.map((item, index) => read(item, `${path}[${index}]`, depth + 1));

  const names = Object.keys(json);
  const tag = names.find((name) => name.startsWith('$'));
  if (tag === undefined) return readStruct(json, path, depth);

  const readTag = TAGS.get(tag);
  if (readTag === undefined) throw malformed(path, `has the unknown tag ${quote(tag)}`);
  if (names.length > 1) throw malformed(path, `has "${tag}" beside other names: a tag stands alone`);
  return readTag(json[tag] as JsonValue, path, depth);
}

function readStruct(json: JsonObject, path: string, depth: number): ValueStruct {
  const struct: ValueStruct = {};
  for (const [name, field] of Object.entries(json)) {
    setField(struct, name, read(field, `${path}.${name}`, depth + 1));
  }
  return struct;
}

function readEscapedStruct(content: JsonValue, path: string, depth: number): ValueStruct {
  if (!isObject(content)) throw malformed(path, 'has "$struct" without an object of fields');
  return readStruct(content, path, depth);
}

function readInt(content: JsonValue, path: string): bigint {
  if (typeof content !== 'string' || !/^(0|-?[1-9][0-9]*)$/.test(content)) {
    throw malformed(path, 'has "$int" without a decimal integer in a string, such as "9223372036854775807"');
  }
  return BigInt(content);
}

/** A number as {@link toJson} writes it: itself, or `{"$float": …}`. */
function readFloat(json: JsonValue, path: string): number {
  if (typeof json === 'number') return json;
  const name = isObject(json) && Object.keys(json).length === 1 ? json['$float'] : undefined;
  const special = typeof name === 'string' ? FLOATS.get(name) : undefined;
  if (special === undefined) {
    throw malformed(path, `is no float: expected a number or "$float" with ${[...FLOATS.keys()].join(', ')}`);
  }
  return special;
}

function readBase64(content: JsonValue, path: string): Uint8Array {
  const bytes = typeof content === 'string' ? fromBase64(content) : undefined;
  if (bytes === undefined) throw malformed(path, 'has bytes that are not in padded standard base64');
  return bytes;
}

function readComplex(content: JsonValue, path: string): Complex {
  if (!Array.isArray(content) || content.length !== 2) {
    throw malformed(path, 'has "$complex" without a pair [real, imaginary]');
  }
  const [re, im] = content as [JsonValue, JsonValue];
  return new Complex(readFloat(re, path), readFloat(im, path));
}

function readInterface(content: JsonValue, path: string, depth: number): InterfaceValue {
  const isPair = isObject(content) && Object.keys(content).length === 2 && Object.hasOwn(content, 'value');
  if (!isPair || typeof content['type'] !== 'string') {
    throw malformed(path, 'has "$interface" without {"type": <string>, "value": …}');
  }
  return new InterfaceValue(content['type'], read(content['value'] as JsonValue, path, depth + 1));
}

function readMap(content: JsonValue, path: string, depth: number): Map<Value, Value> {
  if (!Array.isArray(content)) throw malformed(path, 'has "$map" without a list of [key, value]');
  const map = new Map<Value, Value>();
  for (const [index, entry] of content.entries()) {
    if (!Array.isArray(entry) || entry.length !== 2) {
      throw malformed(`${path}[${index}]`, 'is an entry of "$map" that is no [key, value]');
    }
    const [key, value] = entry as [JsonValue, JsonValue];
    map.set(read(key, `${path}[${index}]`, depth + 1), read(value, `${path}[${index}]`, depth + 1));
  }
  return map;
}

function isObject(json: JsonValue): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

function malformed(path: string, problem: string): ValueError {
  return new ValueError('VALUE_MALFORMED', `tagged JSON: ${path === '' ? 'the top' : path} ${problem}`);
}
