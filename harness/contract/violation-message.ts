import type { ErrorObject } from 'ajv/dist/2020.js';
import { escapeControls, quote } from '../quote.js';
import { ByteString, Complex, type Value } from '../value/index.js';
import { FORMATS } from './formats.js';
import { lookupValue } from './lookup-value.js';
import { segmentsOf } from './pointer.js';
import { repeated } from './repeated.js';

/** How much of a foreign text a message shows, in UTF-16 units. */
const SHOWN = 80;

export interface Subject {
  /** Where the violation is. */
  readonly path: string;
  /** What stands there. */
  readonly actual: Value | undefined;
  /** The whole value, and what it is called. */
  readonly value: Value;
  readonly whole: string;
}

/** What is wrong, as a sentence without its full stop. */
export function violationMessage(error: ErrorObject, subject: Subject): string {
  const { path, whole } = subject;
  const name = path === '' ? whole : escapeControls(segmentsOf(path).join('/'));
  const predicate = PREDICATES[error.keyword]?.(error, subject) ?? (error.message ?? 'is not valid');
  return error.propertyName === undefined ? `${name} ${predicate}` : `the key ${name} ${predicate}`;
}

type Predicate = (error: ErrorObject, subject: Subject) => string;

const PREDICATES: Readonly<Record<string, Predicate>> = {
  type: (error, { actual }) => `must be ${TYPE_NAMES[String(error.schema)] ?? 'of another type'}${itIs(actual)}`,
  required: () => 'is missing',
  enum: (error, { actual }) => `must be one of ${(error.schema as unknown[]).map(literal).join(', ')}${itIs(actual)}`,
  const: (error, { actual }) => `must be ${literal(error.schema)}${itIs(actual)}`,
  minimum: (error, { actual }) => `must be at least ${error.schema}${itIs(actual)}`,
  maximum: (error, { actual }) => `must be at most ${error.schema}${itIs(actual)}`,
  exclusiveMinimum: (error, { actual }) => `must be greater than ${error.schema}${itIs(actual)}`,
  exclusiveMaximum: (error, { actual }) => `must be less than ${error.schema}${itIs(actual)}`,
  multipleOf: (error, { actual }) => `must be a multiple of ${error.schema}${itIs(actual)}`,
  minLength: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${schema} characters`),
  maxLength: ({ schema }) => `must have at most ${count(schema, 'character')}`,
  pattern: (error, { actual }) => `must match ${error.schema}${itIs(actual)}`,
  format: formatPredicate,
  minItems: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${schema} elements`),
  maxItems: ({ schema }) => `must have at most ${count(schema, 'element')}`,
  minProperties: ({ schema }) => (schema === 1 ? 'must not be empty' : `must have at least ${schema} entries`),
  maxProperties: ({ schema }) => `must have at most ${schema === 1 ? '1 entry' : `${schema} entries`}`,
  uniqueItems: (error, { value }) => {
    const [earlier] = twins(error, value) ?? [];
    return earlier === undefined ? 'must not repeat an element' : `repeats ${nameAt(error, earlier)}`;
  },
  uniqueBy: (error, { value, actual }) => {
    const [earlier] = twins(error, value, error.schema as string) ?? [];
    if (earlier === undefined) return `must not repeat a ${error.schema}`;
    return `repeats ${shown(actual) ?? 'the value'}, which ${nameAt(error, earlier, error.schema as string)} has already`;
  },
  contains: () => 'has not as many elements of the required form as it must',
  anyOf: () => 'is none of the alternatives',
  oneOf: (error) =>
    error.params['passingSchemas'] === null ? 'is none of the alternatives' : 'is more than one of the alternatives',
  not: () => 'is what it must not be',
};

const TYPE_NAMES: Readonly<Record<string, string>> = {
  boolean: 'a boolean',
  integer: 'an integer',
  number: 'a number',
  string: 'a string',
  array: 'a list',
  object: 'an object',
};

function formatPredicate(error: ErrorObject, { actual }: Subject): string {
  const format = FORMATS.get(error.schema as string);
  const why = typeof actual === 'string' ? format?.why?.(actual) : undefined;
  const reason = why === undefined ? '' : `: ${escapeControls(why).slice(0, 2 * SHOWN)}`;
  return `must be ${format?.meaning ?? `of format ${error.schema}`}${itIs(actual)}${reason}`;
}

function twins(error: ErrorObject, value: Value, field?: string): [number, number] | undefined {
  const list = lookupValue(value, error.instancePath);
  return Array.isArray(list) ? repeated(list, field) : undefined;
}

function nameAt(error: ErrorObject, index: number, field?: string): string {
  const segments = [...segmentsOf(error.instancePath), index, ...(field === undefined ? [] : [field])];
  return escapeControls(segments.join('/'));
}

function itIs(actual: Value | undefined): string {
  const text = shown(actual);
  return text === undefined ? '' : `, not ${text}`;
}

/** A plain value in a few words; `undefined` for what would be too long to show. */
function shown(value: Value | undefined): string | undefined {
  if (typeof value === 'string') return quote(value, SHOWN);
  if (value instanceof ByteString) return quote(value.toString(), SHOWN);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof Map) return `a map of ${value.size}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value instanceof Complex) return `${value.re}+${value.im}i`;
  return typeof value === 'object' || value === undefined ? (value === null ? 'nil' : undefined) : String(value);
}

function literal(value: unknown): string {
  return typeof value === 'string' ? quote(value, SHOWN) : JSON.stringify(value);
}

function count(n: unknown, unit: string): string {
  return n === 1 ? `1 ${unit}` : `${String(n)} ${unit}s`;
}
