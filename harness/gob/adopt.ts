import { setField, type Value, type ValueMap, type ValueStruct } from '../value/index.js';
import { compareTypes } from './compare.js';
import { GobError } from './errors.js';
import { DEFAULT_LIMITS, limitError } from './limits.js';
import { typeToString } from './print.js';
import { zeroShape } from './recursion.js';
import type { GobType, StructType } from './types.js';
import { zeroPart } from './zero.js';

/**
 * What a Go program that expects the type `expected` holds after it has decoded a value of the type `sent`: fields
 * that were not sent are zero, fields that are not expected are gone. Interface values stay as they were sent, and so
 * do bytes and numbers: gob cannot tell whether an integer fits the width that it is expected in.
 *
 * @param value of the type `sent`, as the Decoder gives it
 * @throws GobError `GOB_INCOMPATIBLE` if Go would refuse one type for the other (see {@link compareTypes});
 * `GOB_LIMIT` if filling in zeros makes more values than the default `maxElements`
 */
export function adopt(value: Value, sent: GobType, expected: GobType): Value {
  const wrong = compareTypes(sent, expected).find((difference) => difference.kind === 'incompatible');
  if (wrong?.sent !== undefined && wrong.expected !== undefined) {
    const where = wrong.path === '' ? '' : ` at ${wrong.path}`;
    throw new GobError(
      'GOB_INCOMPATIBLE',
      `gob: ${typeToString(wrong.sent)} was sent, ${typeToString(wrong.expected)} is expected${where}`,
      { path: wrong.path },
    );
  }
  return new Adoption().adopt(value, sent, expected);
}

/** Goes as deep as the value, which the decoder has limited. */
class Adoption {
  #elementsLeft = DEFAULT_LIMITS.maxElements;

  adopt(value: Value, sent: GobType, expected: GobType): Value {
    if (sent.kind === 'struct' && expected.kind === 'struct') {
      return value === null ? this.#zero(expected) : this.#adoptStruct(value as ValueStruct, sent, expected);
    }
    if (
      (sent.kind === 'slice' && expected.kind === 'slice') ||
      (sent.kind === 'array' && expected.kind === 'array')
    ) {
      if (value === null) return this.#zero(expected);
      return (value as Value[]).map((item) => this.adopt(item, sent.elem, expected.elem));
    }
    if (sent.kind === 'map' && expected.kind === 'map') {
      const adopted: ValueMap = new Map();
      for (const [key, item] of value as ValueMap) {
        adopted.set(this.adopt(key, sent.key, expected.key), this.adopt(item, sent.elem, expected.elem));
      }
      return adopted;
    }
    return value;
  }

  #adoptStruct(value: ValueStruct, sent: StructType, expected: StructType): ValueStruct {
    const sentTypes = fieldTypes(sent);
    const adopted: ValueStruct = {};
    for (const { name, type } of expected.fields) {
      const sentType = sentTypes.get(name);
      const field =
        sentType === undefined ? this.#zero(type) : this.adopt(value[name] as Value, sentType, type);
      setField(adopted, name, field);
    }
    return adopted;
  }

  /** A few bytes of many structs can leave out many fields: zeros are counted before they are made. */
  #zero(type: GobType): Value {
    const { recursive, size } = zeroShape(type);
    if (recursive) return null;
    this.#elementsLeft -= 1 + size;
    if (this.#elementsLeft < 0) {
      const { maxElements } = DEFAULT_LIMITS;
      throw limitError(
        'the zeros that fill in what was not sent',
        maxElements - this.#elementsLeft,
        'maxElements',
        DEFAULT_LIMITS,
      );
    }
    return zeroPart(type);
  }
}

const fields = new WeakMap<StructType, ReadonlyMap<string, GobType>>();

function fieldTypes(type: StructType): ReadonlyMap<string, GobType> {
  const known = fields.get(type);
  if (known !== undefined) return known;
  const made = new Map(type.fields.map((field) => [field.name, field.type]));
  fields.set(type, made);
  return made;
}
