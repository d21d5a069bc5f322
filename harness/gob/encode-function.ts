import type { EncodeFunction } from './encode-context.js';
import { encodeInterface } from './encode-interface.js';
import { encodeArray, encodeSlice } from './encode-list.js';
import { encodeMap } from './encode-map.js';
import * as scalar from './encode-scalar.js';
import { encodeStruct } from './encode-struct.js';
import type { GobType } from './types.js';

const compiled = new WeakMap<GobType, EncodeFunction>();

/** The encode function of a type, made when it is first asked for. A type must not change after that. */
export function encodeFunction(type: GobType): EncodeFunction {
  const known = compiled.get(type);
  if (known !== undefined) return known;
  const made = compile(type);
  compiled.set(type, made);
  return made;
}

function compile(type: GobType): EncodeFunction {
  switch (type.kind) {
    case 'bool':
      return (_context, writer, value) => scalar.encodeBool(writer, value);
    case 'int':
      return (_context, writer, value) => scalar.encodeInt(writer, value);
    case 'uint':
      return (_context, writer, value) => scalar.encodeUint(writer, value);
    case 'float':
      return (_context, writer, value) => scalar.encodeFloat(writer, value);
    case 'complex':
      return (_context, writer, value) => scalar.encodeComplex(writer, value);
    case 'string':
      return (_context, writer, value) => scalar.encodeString(writer, value);
    case 'interface':
      return encodeInterface;
    case 'array':
      return encodeArray(type);
    case 'slice':
      return encodeSlice(type);
    case 'map':
      return encodeMap(type);
    case 'struct':
      return encodeStruct(type);
    default:
      return (_context, writer, value) => scalar.encodeBytes(writer, value);
  }
}
