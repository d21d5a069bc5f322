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
  const predicate =
    PREDICATES[error.keyword]?.(String(error.schema), error, subject) ?? error.message ?? 'is not valid';
  return error.propertyName === undefined ? `${name} ${predicate}` : `the key ${name} ${predicate}`;
}

/** `limit` is what the keyword holds, as text. */
type Predicate = (limit: string, error: ErrorObject, subject: Subject) => string;

const PREDICATES: Readonly<Record<string, Predicate>> = {
  type: (limit, _, { actual }) => `must be ${TYPE_NAMES[limit] ?? 'of another type'}${itIs(actual)}`,
  required: () => 'is missing',
  enum: (_, { schema }, { actual }) =>
    `must be one of ${(schema as unknown[]).map(literal).join(', ')}${itIs(actual)}`,
  const: (_, { schema }, { actual }) => `must be ${literal(schema)}${itIs(actual)}`,
  minimum: (limit, _, { actual }) => `must be at least ${limit}${itIs(actual)}`,
  maximum: (limit, _, { actual }) => `must be at most ${limit}${itIs(actual)}`,
  exclusiveMinimum: (limit, _, { actual }) => `must be greater than ${limit}${itIs(actual)}`,
  exclusiveMaximum: (limit, _, { actual }) => `must be less than ${limit}${itIs(actual)}`,
  multipleOf: (limit, _, { actual }) => `must be a multiple of ${limit}${itIs(actual)}`,
  minLength: (limit) => atLeast(limit, 'characters'),
  maxLength: (limit) => atMost(limit, 'character', 'characters'),
  pattern: (limit, _, { actual }) => `must match ${limit}${itIs(actual)}`,
  format: formatPredicate,
  minItems: (limit) => atLeast(limit, 'elements'),
  maxItems: (limit) => atMost(limit, 'element', 'elements'),
  minProperties: (limit) => atLeast(limit, 'entries'),
  maxProperties: (limit) => atMost(limit, 'entry', 'entries'),
  uniqueItems: (_, error, { value }) => {
    const [earlier] = twins(error, value) ?? [];
    return earlier === undefined ? 'must not repeat an element' : `repeats ${nameAt(error, earlier)}`;
  },
  uniqueBy: (field, error, { value, actual }) => {
    const [earlier] = twins(error, value, field) ?? [];
    if (earlier === undefined) return `must not repeat a ${field}`;
    return `repeats ${shown(actual) ?? 'the value'}, which ${nameAt(error, earlier, field)} has already`;
  },
  contains: (_, { parentSchema, params }) => {
    const { minContains = 1, maxContains } = params as { minContains?: number; maxContains?: number };
    const most = (parentSchema?.['maxContains'] ?? maxContains) as number | undefined;
    const wanted = most === undefined ? `${minContains} or more` : `${minContains} to ${most}`;
    return `must contain ${wanted} elements of the form in "contains"`;
  },
  anyOf: () => 'is none of the alternatives',
  oneOf: (_, { params }) =>
    params['passingSchemas'] === null
      ? 'is none of the alternatives'
      : 'is more than one of the alternatives',
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

function formatPredicate(name: string, _: ErrorObject, { actual }: Subject): string {
  const format = FORMATS.get(name);
  const why = typeof actual === 'string' ? format?.why?.(actual) : undefined;
  const reason = why === undefined ? '' : `: ${escapeControls(why).slice(0, 2 * SHOWN)}`;
  return `must be ${format?.meaning ?? `of format ${name}`}${itIs(actual)}${reason}`;
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
  return typeof value === 'object' || value === undefined
    ? value === null
      ? 'nil'
      : undefined
    : String(value);
}

function literal(value: unknown): string {
  return typeof value === 'string' ? quote(value, SHOWN) : JSON.stringify(value);
}

function atLeast(limit: string, unit: string): string {
  return limit === '1' ? 'must not be empty' : `must have at least ${limit} ${unit}`;
}

function atMost(limit: string, unit: string, units: string): string {
  return limit === '0' ? 'must be empty' : `must have at most ${limit} ${limit === '1' ? unit : units}`;
}
