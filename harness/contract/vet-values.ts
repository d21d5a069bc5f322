import type { GobType } from '../gob/types.js';
import { didYouMean } from './did-you-mean.js';
import type { Schema } from './document.js';
import type { Mistake } from './errors.js';
import { FORMATS } from './formats.js';
import { KIND_NAMES } from './keywords.js';
import { pointer } from './pointer.js';
import { patternMistake } from './re2.js';

/** What is wrong with what the keywords of one schema hold; each keyword itself is known to be in its place. */
export function mistakeInValues(
  schema: Schema,
  type: GobType,
  path: string,
  services: readonly string[],
): Mistake | undefined {
  return (
    mistakeInListed(schema, type, path) ??
    mistakeInPattern(schema.pattern, pointer(path, 'pattern')) ??
    mistakeInFormat(schema.format, type, pointer(path, 'format')) ??
    mistakeInUniqueBy(schema.uniqueBy, type, pointer(path, 'uniqueBy')) ??
    mistakeInBrokerId(schema.brokerId, services, pointer(path, 'brokerId'))
  );
}

/** What is wrong with the name of a field. */
export function mistakeInField(name: string, type: GobType, path: string): Mistake | undefined {
  const names = type.kind === 'struct' ? type.fields.map((field) => field.name) : [];
  if (names.includes(name)) return undefined;
  return {
    path,
    found: `${JSON.stringify(name)}, which is no field of the struct`,
    expected: names.length === 0 ? 'nothing: the struct has no fields' : `one of ${listed(names)}`,
    hint: didYouMean(name, names),
  };
}

function mistakeInListed(schema: Schema, type: GobType, path: string): Mistake | undefined {
  const expected = `a value of ${KIND_NAMES[type.kind]}`;
  if ('const' in schema && !isOfKind(schema.const, type.kind)) {
    return { path: pointer(path, 'const'), found: JSON.stringify(schema.const), expected };
  }
  const index = schema.enum?.findIndex((value) => !isOfKind(value, type.kind)) ?? -1;
  if (index === -1) return undefined;
  return { path: pointer(path, 'enum', index), found: JSON.stringify(schema.enum?.[index]), expected };
}

function mistakeInPattern(pattern: string | undefined, path: string): Mistake | undefined {
  const why = pattern === undefined ? undefined : patternMistake(pattern);
  if (why === undefined) return undefined;
  const found = `${JSON.stringify(pattern)} (${why})`;
  return { path, found, expected: 'a regular expression that JavaScript and RE2 understand' };
}

function mistakeInFormat(name: string | undefined, type: GobType, path: string): Mistake | undefined {
  if (name === undefined) return undefined;
  const names = [...FORMATS]
    .filter(([, format]) => FORMAT_TYPES[type.kind]?.includes(format.type))
    .map(([key]) => key);
  if (names.includes(name)) return undefined;
  const unknown = FORMATS.has(name) ? '' : 'unknown ';
  return {
    path,
    found: `the ${unknown}format ${JSON.stringify(name)} on ${KIND_NAMES[type.kind]}`,
    expected: `one of ${listed(names)}`,
    hint: didYouMean(name, names),
  };
}

function mistakeInUniqueBy(field: string | undefined, type: GobType, path: string): Mistake | undefined {
  if (field === undefined || (type.kind !== 'slice' && type.kind !== 'array')) return undefined;
  if (type.elem.kind === 'struct') return mistakeInField(field, type.elem, path);
  return {
    path,
    found: `"uniqueBy" where each element is ${KIND_NAMES[type.elem.kind]}`,
    expected: 'a list of structs, or "uniqueItems"',
  };
}

function mistakeInBrokerId(
  service: string | undefined,
  services: readonly string[],
  path: string,
): Mistake | undefined {
  if (service === undefined || services.includes(service)) return undefined;
  return {
    path,
    found: `the unknown service ${JSON.stringify(service)}`,
    expected:
      services.length === 0
        ? 'a service of "hostServices", which has none'
        : `a service of "hostServices": ${listed(services)}`,
    hint: didYouMean(service, services),
  };
}

const FORMAT_TYPES: Readonly<Partial<Record<GobType['kind'], readonly string[]>>> = {
  string: ['string'],
  int: ['integer'],
  uint: ['integer'],
  float: ['number', 'integer'],
};

function isOfKind(value: unknown, kind: GobType['kind']): boolean {
  switch (kind) {
    case 'bool':
      return typeof value === 'boolean';
    case 'int':
      return Number.isSafeInteger(value);
    case 'uint':
      return Number.isSafeInteger(value) && (value as number) >= 0;
    case 'float':
      return typeof value === 'number';
    default:
      return typeof value === 'string';
  }
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
