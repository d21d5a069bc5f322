import { quote } from '../quote.js';
import { InterfaceValue } from '../value/index.js';
import type { EncodeFunction } from './encode-context.js';
import { checkEncodeDepth } from './encode-struct.js';
import { Misfit, unfit } from './misfit.js';

/**
 * The concrete type's name, definitions if need be, the type's id, the value's length and the value; an empty name
 * alone for nil (encode.go, `encodeInterface`).
 */
export const encodeInterface: EncodeFunction = (context, writer, value, depth) => {
  checkEncodeDepth(depth);
  if (value === null) {
    writer.uint(0);
    return;
  }
  if (!(value instanceof InterfaceValue)) throw unfit(value, 'an InterfaceValue or null');
  const type = context.registered(value.typeName);
  if (type === undefined) {
    throw new Misfit(`no type is registered as ${quote(value.typeName)}: put it into the registry`);
  }
  if (type.kind === 'interface') throw unfit(value, 'something concrete');
  writer.string(value.typeName);
  context.writeTypeId(writer, type);
  context.writeNested(writer, type, value.value, depth + 1);
};
