import type { Value } from '../value/index.js';
import type { GobType } from './types.js';

/** One value of a stream, and the type that the peer gave it. The type is the same object for the whole stream. */
export interface Decoded {
  readonly type: GobType;
  readonly value: Value;
}
