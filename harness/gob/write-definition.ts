import { WIRE_TYPE_KINDS } from './constants.js';
import type { TypeIds } from './type-ids.js';
import type { DefinedType } from './types.js';
import type { Writer } from './writer.js';

/** Writes the wireType of a type, as gob writes any struct: (delta, value) pairs, zeros left out (type.go). */
export function writeDefinition(writer: Writer, type: DefinedType, ids: TypeIds): void {
  writer.uint(WIRE_TYPE_KINDS.indexOf(type.kind) + 1);
  // CommonType is field 0 of each.
  writer.uint(1);
  writeNameAndId(writer, type.name, ids.of(type));
  switch (type.kind) {
    case 'array':
      writeIds(writer, [ids.of(type.elem), type.length]);
      break;
    case 'slice':
      writeIds(writer, [ids.of(type.elem)]);
      break;
    case 'map':
      writeIds(writer, [ids.of(type.key), ids.of(type.elem)]);
      break;
    case 'struct':
      if (type.fields.length > 0) {
        writer.uint(1);
        writer.uint(type.fields.length);
        for (const field of type.fields) writeNameAndId(writer, field.name, ids.of(field.type));
      }
      break;
    default:
  }
  writer.uint(0);
  writer.uint(0);
}

/** CommonType and fieldType have the same layout: a name, left out if it is empty, and an id. */
function writeNameAndId(writer: Writer, name: string, id: number): void {
  if (name === '') {
    writer.uint(2);
  } else {
    writer.uint(1);
    writer.string(name);
    writer.uint(1);
  }
  writer.int(id);
  writer.uint(0);
}

/** Integer fields behind the CommonType; only a length can be zero. */
function writeIds(writer: Writer, numbers: readonly number[]): void {
  for (const number of numbers) {
    if (number === 0) continue;
    writer.uint(1);
    writer.int(number);
  }
}
