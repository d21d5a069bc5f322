import type { Value } from '../value/index.js';
import type { EncodeFunction } from './encode-context.js';
import { checkEncodeDepth } from './encode-struct.js';
import { stepOut, unfit } from './misfit.js';
import type { ArrayType, SliceType } from './types.js';

/** A count and the elements, zeros too (doc.go). */
export function encodeSlice(type: SliceType): EncodeFunction {
  const encodeElements = elementsEncoder(type);
  return (context, writer, value, depth) => {
    if (!Array.isArray(value)) throw unfit(value, 'a list');
    encodeElements(context, writer, value, depth);
  };
}

/** As a slice: the length is sent though the type has it too. */
export function encodeArray(type: ArrayType): EncodeFunction {
  const encodeElements = elementsEncoder(type);
  return (context, writer, value, depth) => {
    if (!Array.isArray(value) || value.length !== type.length) throw unfit(value, `a list of ${type.length}`);
    encodeElements(context, writer, value, depth);
  };
}

function elementsEncoder(type: ArrayType | SliceType): (...args: [...Head, Value[], number]) => void {
  let encode: EncodeFunction | undefined;
  return (context, writer, list, depth) => {
    checkEncodeDepth(depth);
    writer.uint(list.length);
    encode ??= context.functionFor(type.elem);
    let index = 0;
    try {
      for (; index < list.length; index++) encode(context, writer, list[index], depth + 1);
    } catch (error) {
      throw stepOut(error, `[${index}]`);
    }
  };
}

type Head = [context: Parameters<EncodeFunction>[0], writer: Parameters<EncodeFunction>[1]];
