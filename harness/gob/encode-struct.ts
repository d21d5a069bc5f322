import { quote } from '../quote.js';
import {
  ByteString,
  Complex,
  InterfaceValue,
  MAX_DEPTH,
  type Value,
  type ValueStruct,
} from '../value/index.js';
import type { EncodeFunction } from './encode-context.js';
import { fieldStep } from './field-path.js';
import { Misfit, stepOut, unfit } from './misfit.js';
import type { GobType, StructType } from './types.js';

interface PlannedField {
  readonly name: string;
  readonly type: GobType;
  /** Whether every object seems to have it, by inheritance. */
  readonly inherited: boolean;
  readonly isLeftOut: (value: Value) => boolean;
  encode: EncodeFunction | undefined;
}

/** Structs are (delta of field number, value) pairs and a delta of 0; fields that are zero are left out (doc.go). */
export function encodeStruct(type: StructType): EncodeFunction {
  const fields = type.fields.map(planField);
  const names = new Set(fields.map((field) => field.name));
  return (context, writer, value, depth) => {
    checkEncodeDepth(depth);
    if (!isStruct(value)) throw unfit(value, 'a struct');
    let index = 0;
    let last = -1;
    let present = 0;
    try {
      for (; index < fields.length; index++) {
        const field = fields[index] as PlannedField;
        const part = field.inherited && !Object.hasOwn(value, field.name) ? undefined : value[field.name];
        if (part === undefined) continue;
        present++;
        if (field.isLeftOut(part)) continue;
        writer.uint(index - last);
        last = index;
        field.encode ??= context.functionFor(field.type);
        field.encode(context, writer, part, depth + 1);
      }
    } catch (error) {
      throw stepOut(error, fieldStep(fields[index]?.name ?? ''));
    }
    writer.uint(0);
    checkNoOther(value, present, names);
  };
}

/** Throws where a value is nested so deeply that no decoder of ours would take it, or contains itself. */
export function checkEncodeDepth(depth: number): void {
  if (depth >= MAX_DEPTH)
    throw new Misfit(`the value is nested deeper than ${MAX_DEPTH} levels, or contains itself`);
}

export function isStruct(value: Value | undefined): value is ValueStruct {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return true;
  return !(
    Array.isArray(value) ||
    value instanceof Map ||
    value instanceof Uint8Array ||
    value instanceof ByteString ||
    value instanceof Complex ||
    value instanceof InterfaceValue
  );
}

/** A field that the type has not would be lost without a word. */
function checkNoOther(value: ValueStruct, present: number, names: ReadonlySet<string>): void {
  let count = 0;
  for (const _name in value) count++;
  if (count === present) return;
  for (const [name, part] of Object.entries(value) as [string, Value | undefined][]) {
    if (part !== undefined && !names.has(name))
      throw new Misfit(`there is no field ${quote(name)} in the type`);
  }
}

function planField({ name, type }: StructType['fields'][number]): PlannedField {
  return {
    name,
    type,
    inherited: name in Object.prototype,
    isLeftOut: LEFT_OUT[type.kind],
    encode: undefined,
  };
}

const isNoBytes = (value: Value): boolean =>
  value === null || (value instanceof Uint8Array && value.length === 0);
const isNil = (value: Value): boolean => value === null;
const isZero = (value: Value): boolean => value === 0 || value === 0n;

/**
 * What Go leaves out of a struct (encode.go, the `enc…` functions and `encOpFor`). A struct, an array and a map are
 * sent even if they are zero or empty; null is a nil pointer or a nil map.
 */
const LEFT_OUT: Readonly<Record<GobType['kind'], (value: Value) => boolean>> = {
  bool: (value) => value === false,
  int: isZero,
  uint: isZero,
  float: (value) => value === 0,
  complex: (value) => value instanceof Complex && value.re === 0 && value.im === 0,
  string: (value) => value === '' || (value instanceof ByteString && value.bytes.length === 0),
  bytes: isNoBytes,
  gobEncoder: isNoBytes,
  binaryMarshaler: isNoBytes,
  textMarshaler: isNoBytes,
  interface: isNil,
  slice: (value) => value === null || (Array.isArray(value) && value.length === 0),
  array: isNil,
  map: isNil,
  struct: isNil,
};
