import { quote } from '../quote.js';
import { InterfaceValue, type Value } from '../value/index.js';
import { SUSPENDED, type DecodeContext, type Frame } from './decode-context.js';
import type { GobType } from './types.js';

/**
 * An interface is the name of its concrete type, type definitions if need be, the type's id, the value's length and
 * the value. An empty name is nil, and nothing follows (doc.go).
 */
export function decodeInterface(context: DecodeContext, depth: number): Value | typeof SUSPENDED {
  const { reader } = context;
  reader.checkDepth(depth);
  reader.charge(1);
  const name = reader.name();
  if (name === '') return null;
  // Go's encoder ends a message only behind a type definition, so that nothing is held up here.
  if (reader.pos >= reader.end)
    throw reader.malformed(`the interface value of type ${quote(name)} has no type id`);
  return readTyped(context, depth, name);
}

/** Reads from the type definitions on. */
function readTyped(context: DecodeContext, depth: number, name: string): Value | typeof SUSPENDED {
  const { reader } = context;
  for (;;) {
    const id = Number(reader.int());
    if (id >= 0) return readContent(context, depth, name, context.types.resolve(id));
    context.types.define(reader, -id);
    // In an interface within an interface the next part's length follows instead (decoder.go, decodeTypeSequence).
    if (reader.pos < reader.end) reader.uintNumber();
    if (reader.pos >= reader.end) return context.suspend(new TypeFrame(depth, name));
  }
}

function readContent(
  context: DecodeContext,
  depth: number,
  name: string,
  type: GobType,
): Value | typeof SUSPENDED {
  const { reader } = context;
  if (type.kind === 'interface')
    throw reader.malformed(`the interface value of type ${quote(name)} holds an interface`);
  context.noteInterfaceType(name, type);
  // The length is for those who skip the value. It counts only up to the first type definition: no use to check it.
  reader.uintNumber();
  if (type.kind !== 'struct' && reader.uintNumber() !== 0) {
    throw reader.malformed(`the interface value of type ${quote(name)} does not begin with a 0`);
  }
  const value = context.functionFor(type)(context, depth + 1);
  return value === SUSPENDED ? context.suspend(new ContentFrame(name)) : new InterfaceValue(name, value);
}

class TypeFrame implements Frame {
  readonly #depth: number;
  readonly #name: string;

  constructor(depth: number, name: string) {
    this.#depth = depth;
    this.#name = name;
  }

  resume(context: DecodeContext): Value | typeof SUSPENDED {
    return readTyped(context, this.#depth, this.#name);
  }
}

class ContentFrame implements Frame {
  readonly #name: string;

  constructor(name: string) {
    this.#name = name;
  }

  resume(_context: DecodeContext, part: Value): Value {
    return new InterfaceValue(this.#name, part);
  }
}
