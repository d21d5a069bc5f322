import { ValueError } from './errors.js';

/**
 * How deeply a value may be nested: each struct, list, map and interface is one level. Functions here recurse, and
 * at this depth they need a small part of Node's default stack. The decoders of harness/ stay within it.
 */
export const MAX_DEPTH = 1000;

/** Throws `VALUE_TOO_DEEP` where `depth`, counted from 0 at the top, is past {@link MAX_DEPTH}. */
export function checkDepth(depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new ValueError(
      'VALUE_TOO_DEEP',
      `the value is nested deeper than ${MAX_DEPTH} levels (MAX_DEPTH), or it contains itself: flatten it`,
    );
  }
}
