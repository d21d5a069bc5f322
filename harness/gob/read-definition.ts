import { quote } from '../quote.js';
import { WIRE_TYPE_KINDS } from './constants.js';
import { limitError } from './limits.js';
import type { Reader } from './reader.js';
import type { OpaqueType } from './types.js';

/** What one type definition says. Other types appear as ids, which may be defined later. */
export type Definition =
  | { readonly kind: 'array'; readonly name: string; readonly elem: number; readonly length: number }
  | { readonly kind: 'slice'; readonly name: string; readonly elem: number }
  | { readonly kind: 'map'; readonly name: string; readonly key: number; readonly elem: number }
  | { readonly kind: 'struct'; readonly name: string; readonly fields: readonly FieldDefinition[] }
  | { readonly kind: OpaqueType['kind']; readonly name: string };

interface FieldDefinition {
  readonly name: string;
  readonly type: number;
}

/**
 * Reads a wireType, the struct that stands in a type definition. Its own layout is known to both ends (type.go).
 *
 * @throws GobError `GOB_MALFORMED`, `GOB_LIMIT`
 */
export function readDefinition(reader: Reader): Definition {
  let definition: Definition | undefined;
  readStruct(reader, 'wireType', WIRE_TYPE_KINDS.length, (field) => {
    if (definition !== undefined) throw reader.malformed('a type definition describes two types at once');
    definition = readKind(reader, WIRE_TYPE_KINDS[field] as Definition['kind']);
  });
  if (definition === undefined) throw reader.malformed('a type definition describes no type');
  return definition;
}

function readKind(reader: Reader, kind: Definition['kind']): Definition {
  switch (kind) {
    case 'array': {
      const [name, elem, length] = readParts(reader, 'arrayType', 2);
      const { maxElements } = reader.limits;
      if (length < 0) throw reader.malformed(`the array type ${quote(name)} has the length ${length}`);
      if (length > maxElements)
        throw limitError(`the length of the array type ${quote(name)}`, length, 'maxElements', reader.limits);
      return { kind, name, elem, length };
    }
    case 'slice': {
      const [name, elem] = readParts(reader, 'sliceType', 1);
      return { kind, name, elem };
    }
    case 'map': {
      const [name, key, elem] = readParts(reader, 'mapType', 2);
      return { kind, name, key, elem };
    }
    case 'struct':
      return readStructType(reader);
    default:
      return { kind, name: readParts(reader, 'gobEncoderType', 0)[0] };
  }
}

/** A CommonType's name, then `count` integers. What is not sent is empty or zero. */
function readParts(reader: Reader, what: string, count: number): [string, number, number] {
  const parts: [string, number, number] = ['', 0, 0];
  readStruct(reader, what, 1 + count, (field) => {
    if (field === 0) parts[0] = readCommonType(reader);
    else parts[field] = Number(reader.int());
  });
  return parts;
}

function readStructType(reader: Reader): Definition {
  let name = '';
  const fields: FieldDefinition[] = [];
  readStruct(reader, 'structType', 2, (field) => {
    if (field === 0) name = readCommonType(reader);
    else readFields(reader, fields);
  });
  return { kind: 'struct', name, fields };
}

function readFields(reader: Reader, fields: FieldDefinition[]): void {
  const count = reader.uintNumber();
  if (count > reader.limits.maxFields)
    throw limitError('the fields of a struct type', count, 'maxFields', reader.limits);
  const names = new Set<string>();
  for (let i = 0; i < count; i++) {
    const [name, type] = readNameAndId(reader, 'fieldType');
    // Go refuses the first when it decodes a value, and cannot send the second.
    if (name === '') throw reader.malformed(`field ${i} of a struct type has no name`);
    if (names.has(name)) throw reader.malformed(`a struct type has two fields called ${quote(name)}`);
    names.add(name);
    fields.push({ name, type });
  }
}

/** The id is the definition's own once more; Go does not look at it either. */
function readCommonType(reader: Reader): string {
  return readNameAndId(reader, 'CommonType')[0];
}

function readNameAndId(reader: Reader, what: string): [name: string, id: number] {
  const parts: [string, number] = ['', 0];
  readStruct(reader, what, 2, (field) => {
    if (field === 0) parts[0] = reader.name();
    else parts[1] = Number(reader.int());
  });
  return parts;
}

/** Reads field deltas up to the terminator. As in Go, the end of the message ends a struct too (decodeStruct). */
function readStruct(
  reader: Reader,
  what: string,
  fieldCount: number,
  onField: (field: number) => void,
): void {
  let field = -1;
  while (reader.pos < reader.end) {
    const delta = reader.uintNumber();
    if (delta === 0) return;
    field += delta;
    if (field >= fieldCount)
      throw reader.malformed(`${what} has ${fieldCount} fields, field number ${field} came`);
    onField(field);
  }
}
