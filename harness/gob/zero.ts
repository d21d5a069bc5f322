import { Complex, MAX_DEPTH, setField, type Value, type ValueStruct } from '../value/index.js';
import { limitError, DEFAULT_LIMITS } from './limits.js';
import { zeroShape } from './recursion.js';
import type { GobType } from './types.js';

/**
 * The value that Go has before anything is set: 0, `''`, empty lists and maps, structs of zeros, `null` for a nil
 * interface, no bytes for a type that encodes itself. A field of a recursive type is `null`, as the nil pointer that
 * it is in Go; the type given is itself made out even then.
 *
 * @throws GobError `GOB_LIMIT` where that would be more than the default `maxElements` or `maxDepth`
 */
export function zeroValue(type: GobType): Value {
  const { size, depth } = zeroShape(type);
  if (size > DEFAULT_LIMITS.maxElements)
    throw limitError('the elements of a zero value', size, 'maxElements', DEFAULT_LIMITS);
  if (depth > MAX_DEPTH) throw limitError('the nesting of a zero value', depth, 'maxDepth', DEFAULT_LIMITS);
  return makeZero(type);
}

/** As {@link zeroValue}, for a caller that has looked at the shape. */
export function makeZero(type: GobType): Value {
  switch (type.kind) {
    case 'struct': {
      const struct: ValueStruct = {};
      for (const field of type.fields) setField(struct, field.name, zeroPart(field.type));
      return struct;
    }
    case 'array':
      return Array.from({ length: type.length }, () => zeroPart(type.elem));
    case 'slice':
      return [];
    case 'map':
      return new Map();
    case 'bool':
      return false;
    case 'int':
    case 'uint':
    case 'float':
      return 0;
    case 'string':
      return '';
    case 'complex':
      return new Complex(0, 0);
    case 'interface':
      return null;
    default:
      return new Uint8Array(0);
  }
}

/** The zero of something inside a value: nil where a recursive type would never end. */
export function zeroPart(type: GobType): Value {
  return zeroShape(type).recursive ? null : makeZero(type);
}
