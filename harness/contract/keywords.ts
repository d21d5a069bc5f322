import type { GobType } from '../gob/types.js';

/** A gob kind, in Go's words, with its article. */
export const KIND_NAMES: Readonly<Record<GobType['kind'], string>> = {
  bool: 'a bool',
  int: 'an int',
  uint: 'a uint',
  float: 'a float64',
  complex: 'a complex128',
  bytes: 'a []byte',
  string: 'a string',
  interface: 'an interface',
  array: 'an array',
  slice: 'a slice',
  map: 'a map',
  struct: 'a struct',
  gobEncoder: 'a GobEncoder',
  binaryMarshaler: 'a BinaryMarshaler',
  textMarshaler: 'a TextMarshaler',
};

/** The JSON type that each kind is declared by, if it is declared by one. */
export const JSON_TYPES: Readonly<Partial<Record<GobType['kind'], string>>> = {
  bool: 'boolean',
  int: 'integer',
  uint: 'integer',
  float: 'number',
  string: 'string',
  bytes: 'string',
  slice: 'array',
  array: 'array',
  map: 'object',
  struct: 'object',
};

type Kinds = readonly GobType['kind'][];

const NUMBERS: Kinds = ['int', 'uint', 'float'];
const LISTS: Kinds = ['slice', 'array'];
const SCALARS: Kinds = ['bool', 'string', ...NUMBERS];
const JUDGED: Kinds = [...SCALARS, ...LISTS, 'map', 'struct'];

/** Keywords that say something to readers and nothing about values; allowed everywhere. */
export const ANNOTATIONS: readonly string[] = ['title', 'description', '$comment', 'deprecated', 'examples'];

/** Keywords that say what the type is. Where the type is known already, only `type` may repeat it. */
export const TYPE_KEYWORDS: readonly string[] = ['type', 'go', 'goKey', 'contentEncoding'];

/** Which kinds each keyword says something about. JSON Schema ignores it on the others; a contract refuses it there. */
export const APPLIES_TO: ReadonlyMap<string, Kinds> = new Map<string, Kinds>([
  ['goKey', ['map']],
  ['contentEncoding', ['bytes']],
  ['brokerId', ['int', 'uint']],
  ['valuesFrom', SCALARS],
  ['enum', SCALARS],
  ['const', SCALARS],
  ['minimum', NUMBERS],
  ['maximum', NUMBERS],
  ['exclusiveMinimum', NUMBERS],
  ['exclusiveMaximum', NUMBERS],
  ['multipleOf', NUMBERS],
  ['format', ['string', ...NUMBERS]],
  ['minLength', ['string']],
  ['maxLength', ['string']],
  ['pattern', ['string']],
  ['items', LISTS],
  ['prefixItems', LISTS],
  ['minItems', LISTS],
  ['maxItems', LISTS],
  ['uniqueItems', LISTS],
  ['uniqueBy', LISTS],
  ['contains', LISTS],
  ['minContains', LISTS],
  ['maxContains', LISTS],
  ['properties', ['struct']],
  ['required', ['struct']],
  ['additionalProperties', ['map', 'struct']],
  ['propertyNames', ['map']],
  ['minProperties', ['map']],
  ['maxProperties', ['map']],
  ['should', JUDGED],
  ['allOf', JUDGED],
  ['anyOf', JUDGED],
  ['oneOf', JUDGED],
  ['not', JUDGED],
  ['if', JUDGED],
  ['then', JUDGED],
  ['else', JUDGED],
]);

/** Keywords that mean nothing without another one beside them. */
export const NEEDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['if', ['then', 'else']],
  ['then', ['if']],
  ['else', ['if']],
  ['minContains', ['contains']],
  ['maxContains', ['contains']],
]);

/** JSON Schema's keywords that contracts do not have, and what to write instead. */
export const UNSUPPORTED: ReadonlyMap<string, string> = new Map([
  ['$anchor', 'Refer to a named type by its place, "#/$defs/<name>".'],
  ['$dynamicAnchor', 'Refer to a named type by its place, "#/$defs/<name>".'],
  ['$dynamicRef', 'Refer to a named type by "$ref": "#/$defs/<name>".'],
  ['$recursiveRef', 'Refer to a named type by "$ref": "#/$defs/<name>".'],
  ['$id', 'A contract is one document; leave it out.'],
  ['$defs', 'Put named types into the "$defs" at the top of the contract.'],
  ['definitions', 'Put named types into the "$defs" at the top of the contract.'],
  ['$vocabulary', 'Leave it out.'],
  ['additionalItems', 'The elements of a Go list have one type: use "items".'],
  [
    'patternProperties',
    'The values of a Go map have one type: use "additionalProperties", with "propertyNames".',
  ],
  ['unevaluatedItems', 'Leave it out: the elements of a Go list have one type.'],
  ['unevaluatedProperties', 'Leave it out: a Go struct has the fields of "properties" and no others.'],
  [
    'dependencies',
    'The fields of a Go struct are always there: say what depends on a value with "if" and "then".',
  ],
  [
    'dependentRequired',
    'The fields of a Go struct are always there: say what depends on a value with "if" and "then".',
  ],
  [
    'dependentSchemas',
    'The fields of a Go struct are always there: say what depends on a value with "if" and "then".',
  ],
  [
    'default',
    'gob sends no defaults, and Go fills a field that is not sent with its zero value: say it in "description".',
  ],
  ['nullable', 'gob has no null: a pointer travels as what it points to.'],
  ['contentMediaType', 'Say it in "description".'],
  ['contentSchema', 'Say it in "description".'],
  ['readOnly', 'Whether calls change something is said of a method, not of a type.'],
  ['writeOnly', 'Leave it out.'],
]);
