import type { Value } from '../value/index.js';
import type { EncodeFunction } from './encode-context.js';
import { checkEncodeDepth, isStruct } from './encode-struct.js';
import { stepOut, unfit } from './misfit.js';
import type { GobType, MapType } from './types.js';

/** A count and as many keys and elements in turn, zeros too (doc.go). */
export function encodeMap(type: MapType): EncodeFunction {
  return (context, writer, value, depth) => {
    checkEncodeDepth(depth);
    const entries = toEntries(value, type.key);
    const encodeKey = context.functionFor(type.key);
    const encodeElem = context.functionFor(type.elem);
    writer.uint(entries.length);
    for (const [key, elem] of entries) {
      try {
        encodeKey(context, writer, key, depth + 1);
        encodeElem(context, writer, elem, depth + 1);
      } catch (error) {
        throw stepOut(error, `[${typeof key === 'object' ? 'a key' : String(key)}]`);
      }
    }
  };
}

/** A `Map`, or an object whose keys are the strings, or the integers in decimal, that the type asks for. */
function toEntries(value: Value | undefined, key: GobType): [Value, Value][] {
  if (value instanceof Map) return [...value];
  if (!isStruct(value)) throw unfit(value, 'a Map or an object');
  const entries = Object.entries(value);
  if (key.kind === 'string') return entries;
  if (key.kind !== 'int' && key.kind !== 'uint')
    throw unfit(value, `a Map, since its keys are of kind ${key.kind}`);
  return entries.map(([text, elem]) => [toInteger(text), elem]);
}

function toInteger(text: string): bigint {
  if (!/^(0|-?[1-9][0-9]*)$/.test(text)) throw unfit(text, 'a decimal integer as a key');
  return BigInt(text);
}
