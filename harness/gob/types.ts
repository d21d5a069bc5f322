/**
 * A gob type, as it is on the wire: kinds without widths (gob cannot tell int from int64), names without packages.
 * Recursive types are cyclic object graphs. The same model serves types read from a peer, types compiled from a
 * contract, and types written by hand.
 *
 * Source: encoding/gob/type.go (wireType and the basic type ids).
 */
export type GobType = BasicType | InterfaceType | ArrayType | SliceType | MapType | StructType | OpaqueType;

/** The types that a stream defines before it uses them; the others have ids from the start. */
export type DefinedType = Exclude<GobType, BasicType | InterfaceType>;

export interface BasicType {
  readonly kind: 'bool' | 'int' | 'uint' | 'float' | 'bytes' | 'string' | 'complex';
}

/** Any interface type: gob sends no method set, only the concrete type's name with each value. */
export interface InterfaceType {
  readonly kind: 'interface';
}

export interface ArrayType {
  readonly kind: 'array';
  readonly name: string;
  elem: GobType;
  readonly length: number;
}

export interface SliceType {
  readonly kind: 'slice';
  readonly name: string;
  elem: GobType;
}

export interface MapType {
  readonly kind: 'map';
  readonly name: string;
  key: GobType;
  elem: GobType;
}

export interface StructType {
  readonly kind: 'struct';
  readonly name: string;
  /** In wire order. Mutable so that a recursive type can be tied together. */
  fields: StructField[];
}

export interface StructField {
  readonly name: string;
  type: GobType;
}

/** A type that encodes itself; its bytes are opaque here. */
export interface OpaqueType {
  readonly kind: 'gobEncoder' | 'binaryMarshaler' | 'textMarshaler';
  readonly name: string;
}

export const BOOL: BasicType = { kind: 'bool' };
export const INT: BasicType = { kind: 'int' };
export const UINT: BasicType = { kind: 'uint' };
export const FLOAT: BasicType = { kind: 'float' };
export const BYTES: BasicType = { kind: 'bytes' };
export const STRING: BasicType = { kind: 'string' };
export const COMPLEX: BasicType = { kind: 'complex' };
export const INTERFACE: InterfaceType = { kind: 'interface' };

export function slice(elem: GobType, name = ''): SliceType {
  return { kind: 'slice', name, elem };
}

export function array(length: number, elem: GobType, name = ''): ArrayType {
  return { kind: 'array', name, elem, length };
}

export function map(key: GobType, elem: GobType, name = ''): MapType {
  return { kind: 'map', name, key, elem };
}

export function struct(name: string, fields: Record<string, GobType>): StructType {
  return {
    kind: 'struct',
    name,
    fields: Object.entries(fields).map(([field, type]) => ({ name: field, type })),
  };
}
