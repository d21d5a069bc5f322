import { zeroShape } from '../gob/recursion.js';
import type { GobType } from '../gob/types.js';

/**
 * Whether a value of the type may be nil as a field or an element of an array: the type contains itself with no slice
 * or map between, so that there is a pointer on the way in Go. It is harness/gob's own rule, by which it fills in
 * what was not sent.
 */
export function mayBeNil(type: GobType): boolean {
  return zeroShape(type).recursive;
}
