import { refName, type Schema } from '../../../harness/contract/index.js';

/** Nothing is known, and values are tried. */
const UNKNOWN: Schema = {};

const known = new WeakMap<Schema, readonly Schema[]>();

/**
 * Schemas of which each is a way to break the given one, as far as they can be told. They only lead: whether a value
 * breaks it is judged afterwards. The same schemas each time, so that what is made of them is made once.
 */
export function negations(definitions: ReadonlyMap<string, Schema>, schema: Schema): readonly Schema[] {
  let ways = known.get(schema);
  if (ways === undefined) {
    ways = [...negate(definitions, schema)];
    known.set(schema, ways);
  }
  return ways;
}

function* negate(definitions: ReadonlyMap<string, Schema>, schema: Schema): Generator<Schema> {
  let unknown = false;
  for (const [keyword, limit] of Object.entries(schema)) {
    if (typeof limit === 'number') {
      const way = LIMITS[keyword]?.(limit);
      if (way !== undefined) yield way;
      else unknown = true;
    } else if (keyword in SCALARS) unknown = true;
  }
  if (schema.$ref !== undefined) {
    const definition = definitions.get(refName(schema.$ref));
    if (definition !== undefined) yield* negations(definitions, definition);
  }
  yield* negateParts(schema);
  if (unknown) yield UNKNOWN;
}

/** Keywords of which it is left to trying how they are broken. */
const SCALARS: Readonly<Record<string, true>> = {
  const: true,
  enum: true,
  pattern: true,
  format: true,
  uniqueItems: true,
  uniqueBy: true,
  propertyNames: true,
  oneOf: true,
  additionalProperties: true,
};

/** The way to break each keyword that holds a number. */
const LIMITS: Readonly<Record<string, (limit: number) => Schema | undefined>> = {
  minimum: (limit) => ({ exclusiveMaximum: limit }),
  maximum: (limit) => ({ exclusiveMinimum: limit }),
  exclusiveMinimum: (limit) => ({ maximum: limit }),
  exclusiveMaximum: (limit) => ({ minimum: limit }),
  minLength: (limit) => (limit > 0 ? { maxLength: limit - 1 } : undefined),
  maxLength: (limit) => ({ minLength: limit + 1 }),
  minItems: (limit) => (limit > 0 ? { maxItems: limit - 1 } : undefined),
  maxItems: (limit) => ({ minItems: limit + 1 }),
  minProperties: (limit) => (limit > 0 ? { maxProperties: limit - 1 } : undefined),
  maxProperties: (limit) => ({ minProperties: limit + 1 }),
};

function* negateParts(schema: Schema): Generator<Schema> {
  for (const [field, of] of Object.entries(schema.properties ?? {}))
    yield { properties: { [field]: not(of) } };
  if (schema.items !== undefined) yield { contains: not(schema.items) };
  for (const [index, part] of (schema.prefixItems ?? []).entries()) {
    yield { minItems: index + 1, prefixItems: [...Array.from({ length: index }, () => UNKNOWN), not(part)] };
  }
  if (schema.contains !== undefined) {
    yield schema.minContains === undefined ? { items: not(schema.contains) } : UNKNOWN;
  }
  for (const part of schema.allOf ?? []) yield not(part);
  if (schema.anyOf !== undefined) yield { allOf: schema.anyOf.map(not) };
  if (schema.not !== undefined) yield schema.not;
  if (schema.if !== undefined) {
    if (schema.then !== undefined) yield { allOf: [schema.if, not(schema.then)] };
    if (schema.else !== undefined) yield { allOf: [not(schema.if), not(schema.else)] };
  }
}

function not(schema: Schema): Schema {
  return { not: schema };
}
