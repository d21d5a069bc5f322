import { quote } from '../quote.js';
import {
  ByteString,
  Complex,
  InterfaceValue,
  MAX_DEPTH,
  type Value,
  type ValueStruct,
} from '../value/index.js';
import type { EncodeContext, EncodeFunction } from './encode-context.js';
import { fieldStep } from './field-path.js';
import { Misfit, stepOut, unfit } from './misfit.js';
import type { GobType, StructType } from './types.js';
import type { Writer } from './writer.js';

interface PlannedField {
  readonly name: string;
  readonly index: number;
  readonly type: GobType;
  readonly isLeftOut: (value: Value) => boolean;
  encode: EncodeFunction | undefined;
}

/** Structs are (delta of field number, value) pairs and a delta of 0; fields that are zero are left out (doc.go). */
export function encodeStruct(type: StructType): EncodeFunction {
  const plan = new StructPlan(type);
  return (context, writer, value, depth) => {
    checkEncodeDepth(depth);
    if (!isStruct(value)) throw unfit(value, 'a struct');
    if (plan.isInOrder(value)) plan.encodeInOrder(context, writer, value, depth);
    else plan.encodeByName(context, writer, value, depth);
    writer.uint(0);
  };
}

class StructPlan {
  readonly #fields: readonly PlannedField[];
  readonly #names: ReadonlySet<string>;

  constructor(type: StructType) {
    this.#fields = type.fields.map(planField);
    this.#names = new Set(type.fields.map((field) => field.name));
  }

  /** Whether an object has its fields in wire order, and no others. Going through it is much quicker then. */
  isInOrder(value: ValueStruct): boolean {
    const fields = this.#fields;
    let index = 0;
    for (const name in value) {
      while (index < fields.length && (fields[index] as PlannedField).name !== name) index++;
      if (index++ >= fields.length) return false;
    }
    return true;
  }

  encodeInOrder(context: EncodeContext, writer: Writer, value: ValueStruct, depth: number): void {
    const fields = this.#fields;
    let index = 0;
    let last = -1;
    try {
      for (const name in value) {
        while ((fields[index] as PlannedField).name !== name) index++;
        last = encodeField(context, writer, fields[index] as PlannedField, last, value[name], depth);
        index++;
      }
    } catch (error) {
      throw stepOut(error, fieldStep(fields[index]?.name ?? ''));
    }
  }

  encodeByName(context: EncodeContext, writer: Writer, value: ValueStruct, depth: number): void {
    // A field that the type has not would be lost without a word.
    for (const [name, part] of Object.entries(value) as [string, Value | undefined][]) {
      if (part !== undefined && !this.#names.has(name)) {
        throw new Misfit(`there is no field ${quote(name)} in the type`);
      }
    }
    let last = -1;
    for (const field of this.#fields) {
      // An object without a certain field may seem to have it, by inheritance.
      const part = Object.hasOwn(value, field.name) ? value[field.name] : undefined;
      try {
        last = encodeField(context, writer, field, last, part, depth);
      } catch (error) {
        throw stepOut(error, fieldStep(field.name));
      }
    }
  }
}

/** Returns the number of the last field written, of which the next field's delta is counted. */
function encodeField(
  context: EncodeContext,
  writer: Writer,
  field: PlannedField,
  last: number,
  part: Value | undefined,
  depth: number,
): number {
  if (part === undefined || field.isLeftOut(part)) return last;
  writer.uint(field.index - last);
  field.encode ??= context.functionFor(field.type);
  field.encode(context, writer, part, depth + 1);
  return field.index;
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

function planField({ name, type }: StructType['fields'][number], index: number): PlannedField {
  return { name, index, type, isLeftOut: LEFT_OUT[type.kind], encode: undefined };
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
