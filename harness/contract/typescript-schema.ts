import type { GobType } from '../gob/types.js';
import { refName, type Schema } from './document.js';
import { mayBeNil } from './recursion.js';

/** A schema for json-schema-to-typescript: shapes only, with `tsType` for what JSON Schema has no word for. */
export type TypeSchema = Record<string, unknown>;

const BASIC_TYPES: Readonly<Partial<Record<GobType['kind'], TypeSchema>>> = {
  bool: { type: 'boolean' },
  int: { tsType: '(number | bigint)' },
  uint: { tsType: '(number | bigint)' },
  float: { type: 'number' },
  string: { type: 'string' },
  bytes: { tsType: 'Uint8Array' },
  complex: { tsType: '{ re: number; im: number }' },
};

/** Where the names of `$defs` become the names of TypeScript types. */
export type NameOf = (definition: string) => string;

/** The shape of a declared type. */
export function typeSchema(schema: Schema, type: GobType, nameOf: NameOf): TypeSchema {
  return { ...annotations(schema, type), ...shape(schema, type, nameOf) };
}

function shape(schema: Schema, type: GobType, nameOf: NameOf): TypeSchema {
  if (schema.$ref !== undefined) return { tsType: nameOf(refName(schema.$ref)) };
  const values = schema.enum ?? ('const' in schema ? [schema.const] : undefined);
  if (values !== undefined) return { enum: values };
  switch (type.kind) {
    case 'struct':
      return type.fields.length === 0 ? { tsType: 'Record<string, never>' } : fields(schema, type, nameOf);
    case 'slice':
      return { type: 'array', items: typeSchema(schema.items ?? {}, type.elem, nameOf) };
    case 'array':
      return { type: 'array', items: nilable(typeSchema(schema.items ?? {}, type.elem, nameOf), type.elem) };
    case 'map': {
      const { additionalProperties: of } = schema;
      return {
        type: 'object',
        additionalProperties: typeSchema(typeof of === 'object' ? of : {}, type.elem, nameOf),
      };
    }
    default:
      return BASIC_TYPES[type.kind] ?? { tsType: 'unknown' };
  }
}

function fields(schema: Schema, type: GobType & { kind: 'struct' }, nameOf: NameOf): TypeSchema {
  const properties = type.fields.map(({ name, type: of }): [string, TypeSchema] => {
    return [name, nilable(typeSchema(schema.properties?.[name] ?? {}, of, nameOf), of)];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    required: properties.map(([name]) => name),
    additionalProperties: false,
  };
}

function nilable(schema: TypeSchema, type: GobType): TypeSchema {
  if (!mayBeNil(type)) return schema;
  const { description, ...bare } = schema;
  return { ...(description !== undefined && { description }), anyOf: [bare, { type: 'null' }] };
}

function annotations({ description, deprecated }: Schema, type: GobType): TypeSchema {
  const lines = [description ?? ''];
  if (type.kind === 'map' && type.key.kind !== 'string')
    lines.push(`The keys are Go ${type.key.kind}s, as text.`);
  const text = lines.filter((line) => line !== '').join('\n');
  return { ...(text !== '' && { description: text }), ...(deprecated === true && { deprecated }) };
}
