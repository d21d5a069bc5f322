export { adopt } from './adopt.js';
export { compareTypes, type TypeDifference } from './compare.js';
export type { Decoded } from './decoded.js';
export { Decoder, type DecoderOptions } from './decoder.js';
export { Encoder, type EncoderOptions } from './encoder.js';
export { GobError, type GobErrorCode, type GobErrorOptions } from './errors.js';
export { DEFAULT_LIMITS, type GobLimits } from './limits.js';
export { typeToString } from './print.js';
export { BASIC_REGISTRY, type Registry } from './registry.js';
export {
  array,
  BOOL,
  BYTES,
  COMPLEX,
  FLOAT,
  INT,
  INTERFACE,
  map,
  slice,
  STRING,
  struct,
  UINT,
  type ArrayType,
  type BasicType,
  type GobType,
  type InterfaceType,
  type MapType,
  type OpaqueType,
  type SliceType,
  type StructField,
  type StructType,
} from './types.js';
export { zeroValue } from './zero.js';
