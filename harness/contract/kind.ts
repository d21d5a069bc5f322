import type { Schema } from './document.js';
import { invalidContract, type Mistake } from './errors.js';

/** The kinds of gob types that a contract can declare. */
export type DeclaredKind =
  | 'bool'
  | 'int'
  | 'uint'
  | 'float'
  | 'complex'
  | 'bytes'
  | 'string'
  | 'interface'
  | 'array'
  | 'slice'
  | 'map'
  | 'struct';

const PLAIN = { boolean: 'bool', integer: 'int', number: 'float', string: 'string', array: 'slice' } as const;

/** What each `go` annotation makes of which JSON type; `undefined` is no JSON type at all. */
const ANNOTATED = {
  uint: { type: 'integer', kind: 'uint' },
  '[]byte': { type: 'string', kind: 'bytes' },
  array: { type: 'array', kind: 'array' },
  error: { type: undefined, kind: 'interface' },
  interface: { type: undefined, kind: 'interface' },
  complex: { type: undefined, kind: 'complex' },
} as const;

/**
 * The gob kind that a schema without a `$ref` declares.
 *
 * @throws ContractError when it declares none, or one that Go does not have
 */
export function kindOf(schema: Schema, path: string, source: string): DeclaredKind {
  const mistake = mistakeIn(schema, path);
  if (mistake !== undefined) throw invalidContract(source, mistake);
  if (schema.go !== undefined) return ANNOTATED[schema.go].kind;
  if (schema.type === 'object') return schema.properties === undefined ? 'map' : 'struct';
  return PLAIN[schema.type as keyof typeof PLAIN];
}

function mistakeIn(schema: Schema, path: string): Mistake | undefined {
  const { type, go } = schema;
  if (go !== undefined && ANNOTATED[go].type !== type) {
    const wanted = ANNOTATED[go].type;
    return {
      path: `${path}/go`,
      found: `"go": "${go}" ${type === undefined ? 'without a "type"' : `beside "type": "${type}"`}`,
      expected: wanted === undefined ? `"go": "${go}" without a "type"` : `"type": "${wanted}" beside it`,
    };
  }
  if (go === undefined && type === undefined) return untyped(schema, path);
  if (type === 'object') return objectMistake(schema, path);
  if (type === 'array') return arrayMistake(schema, path);
  if (go === '[]byte' && schema.contentEncoding === undefined) {
    return {
      path,
      found: '"go": "[]byte" alone',
      expected: '"contentEncoding": "base64" beside it: that is how bytes are written in JSON',
    };
  }
  if (type === 'string' && go === undefined && schema.contentEncoding !== undefined) {
    return {
      path: `${path}/contentEncoding`,
      found: '"contentEncoding" on a string',
      expected: '"go": "[]byte" beside it, or a string without it',
    };
  }
  return undefined;
}

function untyped(schema: Schema, path: string): Mistake {
  const union = schema.anyOf ?? schema.oneOf;
  let hint: string | undefined;
  if (union !== undefined)
    hint = 'Go has no union types: give one "type" beside the alternatives, or "go": "interface".';
  else if (schema.properties !== undefined || schema.additionalProperties !== undefined)
    hint = 'Add "type": "object".';
  else if (schema.items !== undefined) hint = 'Add "type": "array".';
  else if (schema.enum !== undefined || schema.const !== undefined) hint = 'Add the "type" of the values.';
  return {
    path,
    found: 'a schema without a type',
    expected: '"type", "$ref" or "go", to tell the Go type',
    hint,
  };
}

function objectMistake(schema: Schema, path: string): Mistake | undefined {
  const values = schema.additionalProperties;
  if (values === true) {
    return {
      path: `${path}/additionalProperties`,
      found: 'true',
      expected: 'the schema of the values of a Go map ({ "go": "interface" } for values of any type)',
    };
  }
  const isMap = typeof values === 'object';
  if (isMap !== (schema.properties !== undefined)) return undefined;
  return {
    path,
    found: isMap
      ? 'an object with "properties" and "additionalProperties"'
      : 'an object with neither fields nor values',
    expected: 'either "properties" (a Go struct; {} for an empty one) or "additionalProperties" (a Go map)',
  };
}

function arrayMistake(schema: Schema, path: string): Mistake | undefined {
  if (schema.items === undefined) {
    const hint =
      schema.prefixItems && 'Go has no tuples: "prefixItems" says more about elements of that type.';
    return { path, found: 'an array without "items"', expected: '"items", the type of its elements', hint };
  }
  if (schema.go !== 'array' || (schema.minItems !== undefined && schema.minItems === schema.maxItems))
    return undefined;
  return {
    path,
    found: '"go": "array" without a length',
    expected: '"minItems" and "maxItems" with the same number: the length of a Go array is fixed',
  };
}
