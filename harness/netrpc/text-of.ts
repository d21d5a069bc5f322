import { ByteString, type Value } from '../value/index.js';

/** A Go string to be shown, or looked up under: U+FFFD where it is not UTF-8. Empty for what is no string. */
export function textOf(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  return value instanceof ByteString ? value.toString() : '';
}
