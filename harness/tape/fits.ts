import { ByteString, Complex, InterfaceValue, type Value, type ValueStruct } from '../value/index.js';

/** What each value costs beside its text or bytes. */
const OVERHEAD_BYTES = 16;

/** Whether a value takes at most so many bytes, roughly. Looks at no more of it than fits. */
export function fits(value: Value, maxBytes: number): boolean {
  let left = maxBytes;
  const waiting: Value[] = [value];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    left -= OVERHEAD_BYTES + ownBytes(next);
    if (left < 0) return false;
    if (next === null || typeof next !== 'object') continue;
    // Each part costs its overhead: a container of more parts than that is not taken apart.
    if (partCount(next) * OVERHEAD_BYTES > left) return false;
    for (const part of parts(next)) waiting.push(part);
  }
  return true;
}

function ownBytes(value: Value): number {
  if (typeof value === 'string') return 2 * value.length;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof ByteString) return value.bytes.length;
  if (value instanceof InterfaceValue) return 2 * value.typeName.length;
  if (!isStruct(value)) return 0;
  return Object.keys(value).reduce((bytes, name) => bytes + 2 * name.length, 0);
}

function isStruct(value: Value): value is ValueStruct {
  const isObject = typeof value === 'object' && value !== null;
  return isObject && !isLeaf(value) && !Array.isArray(value) && !(value instanceof Map);
}

function partCount(value: Value & object): number {
  if (isLeaf(value)) return 0;
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? 2 * value.size : 1;
}

function parts(value: Value & object): Iterable<Value> {
  if (isLeaf(value)) return [];
  if (Array.isArray(value)) return value;
  if (value instanceof InterfaceValue) return [value.value];
  return value instanceof Map ? [...value].flat() : Object.values(value);
}

function isLeaf(value: Value & object): value is Uint8Array | ByteString | Complex {
  return value instanceof Uint8Array || value instanceof ByteString || value instanceof Complex;
}
