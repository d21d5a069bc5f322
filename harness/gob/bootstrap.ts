import * as id from './constants.js';
import {
  BOOL,
  BYTES,
  COMPLEX,
  FLOAT,
  INT,
  INTERFACE,
  STRING,
  UINT,
  slice,
  struct,
  type GobType,
  type StructType,
} from './types.js';

// The structs that gob describes types with. They are sent only in type definitions; but CommonType is exported by
// Go, so that a value of it may be sent too. Source: type.go.
const COMMON_TYPE = struct('CommonType', { Name: STRING, Id: INT });
const FIELD_TYPE = struct('fieldType', { Name: STRING, Id: INT });
const FIELD_SLICE = slice(FIELD_TYPE, '[]gob.fieldType');
const ARRAY_TYPE = struct('arrayType', { CommonType: COMMON_TYPE, Elem: INT, Len: INT });
const SLICE_TYPE = struct('sliceType', { CommonType: COMMON_TYPE, Elem: INT });
const STRUCT_TYPE = struct('structType', { CommonType: COMMON_TYPE, Field: FIELD_SLICE });
const MAP_TYPE = struct('mapType', { CommonType: COMMON_TYPE, Key: INT, Elem: INT });
const GOB_ENCODER_TYPE = struct('gobEncoderType', { CommonType: COMMON_TYPE });
const WIRE_TYPE: StructType = struct('wireType', {
  ArrayT: ARRAY_TYPE,
  SliceT: SLICE_TYPE,
  StructT: STRUCT_TYPE,
  MapT: MAP_TYPE,
  GobEncoderT: GOB_ENCODER_TYPE,
  BinaryMarshalerT: GOB_ENCODER_TYPE,
  TextMarshalerT: GOB_ENCODER_TYPE,
});

/** The types that have an id from the start. */
export const BOOTSTRAP_TYPES: ReadonlyMap<number, GobType> = new Map<number, GobType>([
  [id.BOOL_ID, BOOL],
  [id.INT_ID, INT],
  [id.UINT_ID, UINT],
  [id.FLOAT_ID, FLOAT],
  [id.BYTES_ID, BYTES],
  [id.STRING_ID, STRING],
  [id.COMPLEX_ID, COMPLEX],
  [id.INTERFACE_ID, INTERFACE],
  [id.WIRE_TYPE_ID, WIRE_TYPE],
  [id.ARRAY_TYPE_ID, ARRAY_TYPE],
  [id.COMMON_TYPE_ID, COMMON_TYPE],
  [id.SLICE_TYPE_ID, SLICE_TYPE],
  [id.STRUCT_TYPE_ID, STRUCT_TYPE],
  [id.FIELD_TYPE_ID, FIELD_TYPE],
  [id.FIELD_SLICE_ID, FIELD_SLICE],
  [id.MAP_TYPE_ID, MAP_TYPE],
]);

/** The ids of the kinds that need no definition. */
export const BASIC_IDS: Readonly<Partial<Record<GobType['kind'], number>>> = {
  bool: id.BOOL_ID,
  int: id.INT_ID,
  uint: id.UINT_ID,
  float: id.FLOAT_ID,
  bytes: id.BYTES_ID,
  string: id.STRING_ID,
  complex: id.COMPLEX_ID,
  interface: id.INTERFACE_ID,
};
