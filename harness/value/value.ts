import type { ByteString } from './byte-string.js';
import type { Complex } from './complex.js';
import type { InterfaceValue } from './interface-value.js';

/**
 * One representation of everything that travels between host and plugin, whatever the transport.
 *
 * | Go                            | here                                                          |
 * |-------------------------------|---------------------------------------------------------------|
 * | bool                          | `boolean`                                                     |
 * | int…, uint…                   | `number` while it is a safe integer, else `bigint`            |
 * | float…                        | `number` (NaN, infinities and -0 included)                    |
 * | complex…                      | {@link Complex}                                               |
 * | string                        | `string`; {@link ByteString} when it is not valid UTF-8       |
 * | []byte, GobEncoder and alike  | `Uint8Array`                                                  |
 * | slice, array                  | `Value[]`                                                     |
 * | map                           | `Map<Value, Value>`                                           |
 * | struct                        | a plain object with the field names that are on the wire      |
 * | interface                     | {@link InterfaceValue}, or `null` for nil                     |
 * | nil pointer of a recursive type | `null`                                                      |
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | ByteString
  | Complex
  | InterfaceValue
  | Value[]
  | ValueMap
  | ValueStruct;

/** A Go map. An interface of its own, since a type alias could not be recursive through `Map`. */
export interface ValueMap extends Map<Value, Value> {}

/** A Go struct: field name on the wire → value. */
export interface ValueStruct {
  [field: string]: Value;
}
