import type { DecodeFunction } from './decode-context.js';
import { decodeInterface } from './decode-interface.js';
import { decodeArray, decodeSlice } from './decode-list.js';
import { decodeMap } from './decode-map.js';
import { decodeStruct } from './decode-struct.js';
import type { GobType } from './types.js';

const compiled = new WeakMap<GobType, DecodeFunction>();

/** The decode function of a type, made when it is first asked for. Parts are compiled when they are first met. */
export function decodeFunction(type: GobType): DecodeFunction {
  const known = compiled.get(type);
  if (known !== undefined) return known;
  const made = compile(type);
  compiled.set(type, made);
  return made;
}

function compile(type: GobType): DecodeFunction {
  switch (type.kind) {
    case 'bool':
      return ({ reader }) => reader.uintNumber() !== 0;
    case 'int':
      return ({ reader }) => reader.int();
    case 'uint':
      return ({ reader }) => reader.uint();
    case 'float':
      return ({ reader }) => reader.float();
    case 'complex':
      return ({ reader }) => reader.complex();
    case 'string':
      return ({ reader }) => reader.string();
    case 'interface':
      return decodeInterface;
    case 'array':
      return decodeArray(type);
    case 'slice':
      return decodeSlice(type);
    case 'map':
      return decodeMap(type);
    case 'struct':
      return decodeStruct(type);
    default:
      return ({ reader }) => reader.bytes();
  }
}
