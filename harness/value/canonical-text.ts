import { toBase64 } from './base64.js';
import { ByteString } from './byte-string.js';
import { Complex } from './complex.js';
import { checkDepth } from './depth.js';
import { InterfaceValue } from './interface-value.js';
import type { Value } from './value.js';

/**
 * A text that two values share exactly when they are equal in the sense of {@link equal}: fields and map entries
 * sorted, -0 as 0, a bigint as its digits. It makes compound map keys comparable in bounded time.
 *
 * @throws ValueError `VALUE_TOO_DEEP`
 */
export function canonicalText(value: Value, depth = 0): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return scalarText(value);
  checkDepth(depth);
  const inner = (item: Value): string => canonicalText(item, depth + 1);
  if (Array.isArray(value)) return `[${value.map(inner).join()}]`;
  if (value instanceof Uint8Array) return `bytes ${toBase64(value)}`;
  if (value instanceof ByteString) return `string ${toBase64(value.bytes)}`;
  if (value instanceof Complex) return `complex ${scalarText(value.re)} ${scalarText(value.im)}`;
  if (value instanceof InterfaceValue) return `${JSON.stringify(value.typeName)}(${inner(value.value)})`;
  if (value instanceof Map) {
    return `map{${Array.from(value, ([key, item]) => `${inner(key)}:${inner(item)}`)
      .sort()
      .join()}}`;
  }
  return `{${Object.entries(value)
    .map(([name, field]) => `${JSON.stringify(name)}:${inner(field)}`)
    .sort()
    .join()}}`;
}

/** Integers read alike as number and as bigint; `String` would round the last digits of a large number. */
function scalarText(value: null | boolean | number | bigint): string {
  if (typeof value === 'number' && Number.isInteger(value)) return BigInt(value).toString();
  return String(value);
}
