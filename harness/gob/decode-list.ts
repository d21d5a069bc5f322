import type { Value } from '../value/index.js';
import { SUSPENDED, type DecodeContext, type DecodeFunction, type Frame } from './decode-context.js';
import type { ArrayType, GobType, SliceType } from './types.js';

/** A slice is a count and its elements, zeros too (doc.go). */
export function decodeSlice(type: SliceType): DecodeFunction {
  return (context, depth) => {
    const { reader } = context;
    reader.checkDepth(depth);
    const count = reader.uintNumber();
    reader.charge(count);
    return readElements(context, depth, type.elem, [], count);
  };
}

/** As a slice; the count says once more what the type says, and must (decode.go, decodeArray). */
export function decodeArray(type: ArrayType): DecodeFunction {
  return (context, depth) => {
    const { reader } = context;
    reader.checkDepth(depth);
    const count = reader.uintNumber();
    if (count !== type.length)
      throw reader.malformed(`an array of ${type.length} elements claims to have ${count}`);
    reader.charge(count);
    return readElements(context, depth, type.elem, [], count);
  };
}

/** The list grows with what is really there, whatever the count claims. */
function readElements(
  context: DecodeContext,
  depth: number,
  elem: GobType,
  list: Value[],
  count: number,
): Value | typeof SUSPENDED {
  const { reader } = context;
  const decode = context.functionFor(elem);
  while (list.length < count) {
    // Each element takes a byte at least, even an empty struct (decode.go, decodeArrayHelper).
    if (reader.pos >= reader.end)
      throw reader.malformed(`a list of ${count} elements ends after ${list.length}`);
    const value = decode(context, depth + 1);
    if (value === SUSPENDED) return context.suspend(new ListFrame(depth, elem, list, count));
    list.push(value);
  }
  return list;
}

class ListFrame implements Frame {
  readonly #depth: number;
  readonly #elem: GobType;
  readonly #list: Value[];
  readonly #count: number;

  constructor(depth: number, elem: GobType, list: Value[], count: number) {
    this.#depth = depth;
    this.#elem = elem;
    this.#list = list;
    this.#count = count;
  }

  resume(context: DecodeContext, part: Value): Value | typeof SUSPENDED {
    this.#list.push(part);
    return readElements(context, this.#depth, this.#elem, this.#list, this.#count);
  }
}
