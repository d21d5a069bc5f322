import type { GobType } from '../gob/types.js';
import { refName, type Schema, type Scope } from './document.js';
import { mayBeNil } from './recursion.js';

/** A schema for ajv: plain JSON Schema 2020-12 and `uniqueBy`. */
export type AjvSchema = Readonly<Record<string, unknown>>;

/** The ids under which ajv knows what must be of each named type, and the conventions of each. */
export const MUST_ID = 'must';
export const SHOULD_ID = 'should';

/** Keywords that ajv judges and that hold no schemas. */
const PLAIN_KEYWORDS = [
  'type',
  'enum',
  'const',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'format',
  'minLength',
  'maxLength',
  'pattern',
  'minItems',
  'maxItems',
  'uniqueItems',
  'uniqueBy',
  'minContains',
  'maxContains',
  'minProperties',
  'maxProperties',
] as const;

const INNER_KEYWORDS = ['items', 'propertyNames', 'not', 'if', 'then', 'else'] as const;
/** Keywords whose own error says it all, while ajv reports those of the alternatives as well. */
const ALTERNATIVES = ['anyOf', 'oneOf'] as const;

/** Marks the schemas whose errors are not to be told. */
export const SILENT = 'silent';

/** How the keys of a map look in the projection for ajv, which writes them as text. */
const KEY_PATTERNS: Readonly<Partial<Record<GobType['kind'], string>>> = {
  int: '^-?[0-9]+$',
  uint: '^[0-9]+$',
  bool: '^(true|false)$',
};

/**
 * What must hold of a value, where a schema declares its type: the schema itself, with all that Go's types imply and
 * without the conventions.
 */
export function mustSchema(schema: Schema, type: GobType): AjvSchema {
  const constraints = constraint(schema);
  if (schema.$ref !== undefined) return constraints;
  switch (type.kind) {
    case 'interface':
    case 'complex':
      return {};
    case 'uint':
      return { ...constraints, minimum: Math.max(0, schema.minimum ?? 0) };
    case 'struct': {
      const properties: Record<string, AjvSchema> = {};
      for (const { name, type: of } of type.fields) {
        properties[name] = nilable(mustSchema(schema.properties?.[name] ?? {}, of), of);
      }
      return { ...constraints, properties, required: Object.keys(properties) };
    }
    case 'slice':
      return { ...constraints, items: mustSchema(schema.items ?? {}, type.elem) };
    case 'array':
      return { ...constraints, items: nilable(mustSchema(schema.items ?? {}, type.elem), type.elem) };
    case 'map': {
      const keys = KEY_PATTERNS[type.key.kind];
      const names = keys === undefined ? [] : [{ propertyNames: { pattern: keys } }];
      const allOf = [...((constraints['allOf'] as AjvSchema[] | undefined) ?? []), ...names];
      return {
        ...constraints,
        ...(allOf.length > 0 && { allOf }),
        additionalProperties: mustSchema(valuesOf(schema) ?? {}, type.elem),
      };
    }
    default:
      return constraints;
  }
}

function nilable(schema: AjvSchema, type: GobType): AjvSchema {
  return mayBeNil(type) ? { if: { type: 'null' }, else: schema } : schema;
}

/** What must hold of a value by a schema where its type is known already. */
export function constraint(schema: Schema): AjvSchema {
  const out: Record<string, unknown> = {};
  if (schema.$ref !== undefined) out['$ref'] = `${MUST_ID}${schema.$ref}`;
  for (const keyword of PLAIN_KEYWORDS) if (keyword in schema) out[keyword] = schema[keyword];
  for (const keyword of INNER_KEYWORDS) {
    const inner = schema[keyword];
    if (inner !== undefined) out[keyword] = constraint(inner);
  }
  const allOf: AjvSchema[] = (schema.allOf ?? []).map(constraint);
  // Apart: beside "prefixItems" JSON Schema's "items" begins after it, while Go's elements have one type.
  if (schema.prefixItems !== undefined) allOf.push({ prefixItems: schema.prefixItems.map(constraint) });
  if (allOf.length > 0) out['allOf'] = allOf;
  if (schema.contains !== undefined) out['contains'] = silent(schema.contains);
  for (const keyword of ALTERNATIVES) {
    const alternatives = schema[keyword];
    if (alternatives !== undefined) out[keyword] = alternatives.map(silent);
  }
  if (schema.properties !== undefined) out['properties'] = mapValues(schema.properties, constraint);
  const values = valuesOf(schema);
  if (values !== undefined) out['additionalProperties'] = constraint(values);
  return out;
}

/** The schema of a map's values. `false` beside the fields of a struct is implied, and says nothing. */
function valuesOf({ additionalProperties: values }: Schema): Schema | undefined {
  return typeof values === 'object' ? values : undefined;
}

/** The same constraint, with one marked error of its own: ajv drops what it finds inside of `not`. */
function silent(schema: Schema): AjvSchema {
  return { $comment: SILENT, not: { not: constraint(schema) } };
}

/** The conventions in a schema and behind its references, at their places; `undefined` when there are none. */
export function shouldSchema(scope: Scope, schema: Schema): AjvSchema | undefined {
  return hasConventions(scope, schema) ? conventions(scope, schema) : undefined;
}

function conventions(scope: Scope, schema: Schema): AjvSchema {
  const inner = (part: Schema | undefined): AjvSchema =>
    part !== undefined && hasConventions(scope, part) ? conventions(scope, part) : {};
  const allOf: AjvSchema[] = (schema.allOf ?? []).map(inner);
  if (schema.should !== undefined) allOf.push(constraint(schema.should));
  if (schema.$ref !== undefined && hasConventions(scope, { $ref: schema.$ref })) {
    allOf.push({ $ref: `${SHOULD_ID}${schema.$ref}` });
  }
  if (schema.if !== undefined) {
    // oxlint-disable-next-line unicorn/no-thenable -- JSON Schema's own word
    allOf.push({ if: constraint(schema.if), then: inner(schema.then), else: inner(schema.else) });
  }
  const values = valuesOf(schema);
  return {
    ...(allOf.length > 0 && { allOf }),
    ...(schema.properties !== undefined && { properties: mapValues(schema.properties, inner) }),
    ...(schema.items !== undefined && { items: inner(schema.items) }),
    ...(values !== undefined && { additionalProperties: inner(values) }),
  };
}

function hasConventions(scope: Scope, schema: Schema, seen = new Set<string>()): boolean {
  if (schema.should !== undefined) return true;
  if (schema.$ref !== undefined) {
    const name = refName(schema.$ref);
    const definition = seen.has(name) ? undefined : scope.definitions.get(name);
    if (definition !== undefined && hasConventions(scope, definition, seen.add(name))) return true;
  }
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.allOf ?? []),
    schema.items,
    schema.then,
    schema.else,
    valuesOf(schema),
  ];
  return parts.some((part) => part !== undefined && hasConventions(scope, part, seen));
}

function mapValues<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
