import { ByteString } from './byte-string.js';
import { canonicalText } from './canonical-text.js';
import { Complex } from './complex.js';
import { checkDepth } from './depth.js';
import { InterfaceValue } from './interface-value.js';
import type { Value, ValueMap, ValueStruct } from './value.js';

/**
 * Whether two values say the same: deeply, maps in any order, structs field by field. As with Go's `==`, -0 equals
 * 0; unlike it, NaN equals NaN. A number and a bigint of the same integer are equal.
 *
 * @throws ValueError `VALUE_TOO_DEEP`
 */
export function equal(a: Value, b: Value): boolean {
  return same(a, b, 0);
}

function same(a: Value, b: Value, depth: number): boolean {
  if (a === b) return true;
  if (typeof a === 'number' || typeof a === 'bigint') return sameNumber(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  checkDepth(depth);
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b, depth);
  if (a instanceof Map) return b instanceof Map && sameEntries(a, b, depth);
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (a instanceof ByteString) return b instanceof ByteString && Buffer.compare(a.bytes, b.bytes) === 0;
  if (a instanceof Complex) return b instanceof Complex && sameNumber(a.re, b.re) && sameNumber(a.im, b.im);
  if (a instanceof InterfaceValue) {
    return b instanceof InterfaceValue && a.typeName === b.typeName && same(a.value, b.value, depth + 1);
  }
  return isStruct(b) && sameFields(a, b, depth);
}

function sameNumber(a: number | bigint, b: Value): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a === b || (Number.isNaN(a) && Number.isNaN(b));
  if (typeof a === 'bigint' && typeof b === 'number') return Number.isInteger(b) && BigInt(b) === a;
  if (typeof a === 'number' && typeof b === 'bigint') return Number.isInteger(a) && BigInt(a) === b;
  return a === b;
}

function sameItems(a: Value[], b: Value[], depth: number): boolean {
  return a.length === b.length && a.every((item, index) => same(item, b[index] as Value, depth + 1));
}

function sameFields(a: ValueStruct, b: ValueStruct, depth: number): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && same(a[name] as Value, b[name] as Value, depth + 1));
}

function sameEntries(a: ValueMap, b: ValueMap, depth: number): boolean {
  if (a.size !== b.size) return false;
  let rest = 0;
  for (const [key, value] of a) {
    if (typeof key !== 'string') rest++;
    else if (!b.has(key) || !same(value, b.get(key) as Value, depth + 1)) return false;
  }
  return rest === 0 || sameGroups(groupByKey(a, depth), groupByKey(b, depth), depth);
}

/** The values of the keys that are no strings: compound keys that read alike are different keys to a `Map`. */
function groupByKey(map: ValueMap, depth: number): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const [key, value] of map) {
    if (typeof key === 'string') continue;
    const text = canonicalText(key, depth + 1);
    const group = groups.get(text);
    if (group === undefined) groups.set(text, [value]);
    else group.push(value);
  }
  return groups;
}

function sameGroups(a: Map<string, Value[]>, b: Map<string, Value[]>, depth: number): boolean {
  if (a.size !== b.size) return false;
  for (const [key, left] of a) {
    const right = b.get(key);
    if (left.length !== right?.length) return false;
    if (left.length === 1) {
      if (!same(left[0] as Value, right[0] as Value, depth + 1)) return false;
    } else if (sortedText(left, depth) !== sortedText(right, depth)) {
      return false;
    }
  }
  return true;
}

function sortedText(values: Value[], depth: number): string {
  return values
    .map((value) => canonicalText(value, depth + 1))
    .sort()
    .join();
}

function isStruct(value: Value & object): value is ValueStruct {
  return !(
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Uint8Array ||
    value instanceof ByteString ||
    value instanceof Complex ||
    value instanceof InterfaceValue
  );
}
