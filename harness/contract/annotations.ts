import { refName, type Schema, type Scope } from './document.js';
import { pointer } from './pointer.js';

/** An annotation somewhere inside a schema. */
export interface FoundAnnotation {
  /** Where it stands in the document. */
  readonly at: string;
  /** Field names that lead to the value; `undefined` in a list or a map, where there is no single value. */
  readonly fields: readonly string[] | undefined;
  readonly value: string;
}

/** Every place inside a schema, its references included, that carries an annotation. */
export function* findAnnotations(
  scope: Scope,
  schema: Schema,
  path: string,
  keyword: 'brokerId' | 'valuesFrom',
  fields: readonly string[] | undefined = [],
  inside: readonly string[] = [],
): Generator<FoundAnnotation> {
  const value = schema[keyword];
  if (value !== undefined) yield { at: pointer(path, keyword), fields, value };
  if (schema.$ref !== undefined) {
    const name = refName(schema.$ref);
    const definition = scope.definitions.get(name);
    if (definition === undefined || inside.includes(name)) return;
    yield* findAnnotations(scope, definition, pointer('/$defs', name), keyword, fields, [...inside, name]);
    return;
  }
  for (const [field, of] of Object.entries(schema.properties ?? {})) {
    const down = fields && [...fields, field];
    yield* findAnnotations(scope, of, pointer(path, 'properties', field), keyword, down, inside);
  }
  for (const part of ['items', 'additionalProperties'] as const) {
    const elements = schema[part];
    if (typeof elements === 'object')
      yield* inList(findAnnotations(scope, elements, pointer(path, part), keyword, [], inside));
  }
}

function* inList(found: Iterable<FoundAnnotation>): Generator<FoundAnnotation> {
  for (const each of found) yield { ...each, fields: undefined };
}
