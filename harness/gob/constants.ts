/** The type ids that both ends know before anything is sent. Source: encoding/gob/doc.go and type.go. */
export const BOOL_ID = 1;
export const INT_ID = 2;
export const UINT_ID = 3;
export const FLOAT_ID = 4;
export const BYTES_ID = 5;
export const STRING_ID = 6;
export const COMPLEX_ID = 7;
export const INTERFACE_ID = 8;
export const WIRE_TYPE_ID = 16;
export const ARRAY_TYPE_ID = 17;
export const COMMON_TYPE_ID = 18;
export const SLICE_TYPE_ID = 19;
export const STRUCT_TYPE_ID = 20;
export const FIELD_TYPE_ID = 21;
/** A slice of fieldType. */
export const FIELD_SLICE_ID = 22;
export const MAP_TYPE_ID = 23;

/** The lowest id that a peer may define (type.go, `firstUserId`). */
export const FIRST_USER_ID = 64;

/** The first id that our encoder gives away: doc.go's. Go counted from 65 for years, and from 64 of late. */
export const FIRST_ENCODER_ID = 65;

/** Type ids are int32 in Go (type.go, `typeId`). */
export const LAST_TYPE_ID = 2 ** 31 - 1;

/** The fields of wireType, in wire order: exactly one is sent (type.go, `wireType`). */
export const WIRE_TYPE_KINDS = [
  'array',
  'slice',
  'struct',
  'map',
  'gobEncoder',
  'binaryMarshaler',
  'textMarshaler',
] as const;

/** An unsigned integer up to this is its own byte; above, a negated byte count comes first (doc.go). */
export const LAST_ONE_BYTE_UINT = 0x7f;

/** The most bytes that an unsigned integer has behind its byte count (encode.go, `uint64Size`). */
export const UINT_MAX_BYTES = 8;
