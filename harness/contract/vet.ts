import type { GobType } from '../gob/types.js';
import { didYouMean } from './did-you-mean.js';
import { refName, type Schema, type Scope } from './document.js';
import { invalidContract, type Mistake } from './errors.js';
import { FORMATS } from './formats.js';
import type { GobTypes } from './gob-types.js';
import { ANNOTATIONS, APPLIES_TO, KIND_NAMES, NEEDS, TYPE_KEYWORDS } from './keywords.js';
import { pointer } from './pointer.js';
import { patternMistake } from './re2.js';

/** A schema with `examples`, and the type of the values that it is about. */
export interface Exemplified {
  readonly schema: Schema;
  readonly type: GobType;
  readonly path: string;
}

interface Place {
  /** Where a type is declared, or where a known type is constrained. */
  readonly declares: boolean;
  /** Why there can be no convention here; `undefined` where there can. */
  readonly noConvention?: string | undefined;
}

/** What a schema without `$ref`, `type` and `go` says of its parent's type. */
const CONSTRAINT: Place = { declares: false };

/**
 * Refuses every keyword that would say nothing in its place: JSON Schema passes over a `minLength` on an integer,
 * a contract must not.
 */
export class Vetter {
  readonly examples: Exemplified[] = [];
  readonly #scope: Scope;
  readonly #types: GobTypes;
  readonly #services: readonly string[];

  constructor(scope: Scope, types: GobTypes, services: readonly string[]) {
    this.#scope = scope;
    this.#types = types;
    this.#services = services;
  }

  /**
   * Looks at a schema that declares `type`, with all that is in it but not behind its references.
   *
   * @throws ContractError at the first mistake
   */
  declaration(schema: Schema, type: GobType, path: string): void {
    this.#vet(schema, type, path, { declares: true });
  }

  #vet(schema: Schema, type: GobType, path: string, place: Place): void {
    for (const keyword of Object.keys(schema)) this.#keyword(keyword, schema, type, path, place);
    if (schema.$ref !== undefined && !place.declares) this.#agreement(schema.$ref, type, path);
    if (schema.examples !== undefined) this.examples.push({ schema, type, path });
    this.#values(schema, type, path);
    this.#inner(schema, type, path, place);
  }

  #keyword(keyword: string, schema: Schema, type: GobType, path: string, place: Place): void {
    const at = pointer(path, keyword);
    if (keyword === '$ref' || ANNOTATIONS.includes(keyword)) return;
    const declaresHere = place.declares && schema.$ref === undefined;
    if (TYPE_KEYWORDS.includes(keyword) || (keyword === 'brokerId' && !place.declares)) {
      if (declaresHere && (keyword === 'type' || keyword === 'go')) return;
      if (keyword === 'type' && JSON_TYPES[type.kind] === schema.type) return;
      if (!declaresHere) {
        throw this.#mistake(at, `${JSON.stringify(keyword)} where the type is ${KIND_NAMES[type.kind]} already`, 'constraints only');
      }
    }
    const kinds = APPLIES_TO.get(keyword) ?? [];
    if (!kinds.includes(type.kind)) {
      throw this.#mistake(at, `${JSON.stringify(keyword)} on ${KIND_NAMES[type.kind]}`, keywordsFor(type.kind));
    }
    const needs = NEEDS.get(keyword);
    if (needs !== undefined && !needs.some((other) => Object.hasOwn(schema, other))) {
      const list = needs.map((other) => JSON.stringify(other)).join(' or ');
      throw this.#mistake(at, `${JSON.stringify(keyword)} alone`, `${list} beside it: without, it says nothing`);
    }
    if (keyword === 'should' && place.noConvention !== undefined) {
      throw this.#mistake(at, `"should" ${place.noConvention}`, 'a convention in a place that always applies');
    }
  }

  #agreement(ref: string, type: GobType, path: string): void {
    const at = pointer(path, '$ref');
    const referred = this.#types.definition(refName(ref), at);
    if (referred.kind === type.kind) return;
    throw this.#mistake(at, `a reference to ${KIND_NAMES[referred.kind]}`, `a constraint on ${KIND_NAMES[type.kind]}`);
  }

  #values(schema: Schema, type: GobType, path: string): void {
    const { pattern, format, uniqueBy, brokerId } = schema;
    const listed = schema.enum ?? ('const' in schema ? [schema.const] : []);
    for (const [index, value] of listed.entries()) {
      if (isOfKind(value, type.kind)) continue;
      const at = schema.enum === undefined ? pointer(path, 'const') : pointer(path, 'enum', index);
      throw this.#mistake(at, JSON.stringify(value), `a value of ${KIND_NAMES[type.kind]}`);
    }
    if (pattern !== undefined) {
      const why = patternMistake(pattern);
      if (why !== undefined) {
        throw this.#mistake(
          pointer(path, 'pattern'),
          `${JSON.stringify(pattern)} (${why})`,
          'a regular expression that JavaScript and RE2 understand',
        );
      }
    }
    if (format !== undefined) this.#format(format, type, pointer(path, 'format'));
    if (uniqueBy !== undefined) this.#uniqueBy(uniqueBy, type, pointer(path, 'uniqueBy'));
    if (brokerId !== undefined && !this.#services.includes(brokerId)) {
      const names = this.#services.map((name) => JSON.stringify(name)).join(', ');
      throw this.#mistake(
        pointer(path, 'brokerId'),
        `the unknown service ${JSON.stringify(brokerId)}`,
        names === '' ? 'a service of "hostServices", which has none' : `a service of "hostServices": ${names}`,
        didYouMean(brokerId, this.#services),
      );
    }
  }

  #format(name: string, type: GobType, path: string): void {
    const format = FORMATS.get(name);
    const matching = [...FORMATS].filter(([, { type: of }]) => FORMAT_TYPES[type.kind]?.includes(of));
    if (format !== undefined && matching.some(([known]) => known === name)) return;
    throw this.#mistake(
      path,
      `the ${format === undefined ? 'unknown ' : ''}format ${JSON.stringify(name)} on ${KIND_NAMES[type.kind]}`,
      `one of ${matching.map(([known]) => known).join(', ')}`,
      didYouMean(name, matching.map(([known]) => known)),
    );
  }

  #uniqueBy(field: string, type: GobType, path: string): void {
    const elem = type.kind === 'slice' || type.kind === 'array' ? type.elem : undefined;
    if (elem?.kind !== 'struct') {
      throw this.#mistake(path, `"uniqueBy" on a list of ${elem === undefined ? 'nothing' : elem.kind}`, 'a list of structs');
    }
    this.#field(field, elem, path);
  }

  #field(name: string, type: GobType, path: string): GobType {
    const fields = type.kind === 'struct' ? type.fields : [];
    const found = fields.find((field) => field.name === name);
    if (found !== undefined) return found.type;
    const names = fields.map((field) => field.name);
    throw this.#mistake(
      path,
      `${JSON.stringify(name)}, which is no field of the struct`,
      `one of ${names.map((known) => JSON.stringify(known)).join(', ')}`,
      didYouMean(name, names),
    );
  }

  #inner(schema: Schema, type: GobType, path: string, place: Place): void {
    const { noConvention } = place;
    const declares = place.declares && schema.$ref === undefined;
    const inside: Place = { declares, noConvention };
    const constraint: Place = { declares: false, noConvention };

    for (const [field, of] of Object.entries(schema.properties ?? {})) {
      const at = pointer(path, 'properties', field);
      this.#vet(of, this.#field(field, type, at), at, inside);
    }
    for (const [index, field] of (schema.required ?? []).entries()) {
      this.#field(field, type, pointer(path, 'required', index));
    }
    if (type.kind === 'slice' || type.kind === 'array') {
      if (schema.items !== undefined) this.#vet(schema.items, type.elem, pointer(path, 'items'), inside);
      this.#condition(schema.contains, type.elem, path, 'contains');
    }
    const values = schema.additionalProperties;
    if (type.kind === 'map') {
      if (typeof values === 'boolean') {
        throw this.#mistake(pointer(path, 'additionalProperties'), String(values), 'the schema of the values of a Go map');
      }
      if (values !== undefined) this.#vet(values, type.elem, pointer(path, 'additionalProperties'), inside);
      this.#condition(schema.propertyNames, { kind: 'string' }, path, 'propertyNames');
    } else if (values !== undefined && values !== false) {
      throw this.#mistake(pointer(path, 'additionalProperties'), 'a schema of further fields', 'false: a Go struct has no others');
    }
    if (schema.should !== undefined) {
      this.#vet(schema.should, type, pointer(path, 'should'), { ...CONSTRAINT, noConvention: 'inside of "should"' });
    }
    for (const [index, part] of (schema.allOf ?? []).entries()) {
      this.#vet(part, type, pointer(path, 'allOf', index), constraint);
    }
    if (schema.then !== undefined) this.#vet(schema.then, type, pointer(path, 'then'), constraint);
    if (schema.else !== undefined) this.#vet(schema.else, type, pointer(path, 'else'), constraint);
    this.#condition(schema.if, type, path, 'if');
    this.#condition(schema.not, type, path, 'not');
    for (const keyword of ['anyOf', 'oneOf'] as const) {
      for (const [index, part] of (schema[keyword] ?? []).entries()) {
        this.#condition(part, type, path, keyword, index);
      }
    }
  }

  /** A schema whose failure is no mistake in the value by itself: a convention in it could not be told from it. */
  #condition(schema: Schema | undefined, type: GobType, path: string, ...segments: [string, number?]): void {
    if (schema === undefined) return;
    const at = pointer(path, ...segments.filter((segment) => segment !== undefined));
    this.#vet(schema, type, at, { ...CONSTRAINT, noConvention: `inside of ${JSON.stringify(segments[0])}` });
  }

  #mistake(path: string, found: string, expected: string, hint?: string): Error {
    const mistake: Mistake = { path, found, expected, hint };
    return invalidContract(this.#scope.source, mistake);
  }
}

const JSON_TYPES: Readonly<Partial<Record<GobType['kind'], string>>> = {
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

const FORMAT_TYPES: Readonly<Partial<Record<GobType['kind'], readonly string[]>>> = {
  string: ['string'],
  int: ['integer'],
  uint: ['integer'],
  float: ['number', 'integer'],
};

function keywordsFor(kind: GobType['kind']): string {
  const keywords = [...APPLIES_TO].filter(([, kinds]) => kinds.includes(kind)).map(([keyword]) => keyword);
  if (keywords.length === 0) return `no constraint: ${KIND_NAMES[kind]} is not judged`;
  return `a keyword for ${KIND_NAMES[kind]}: ${keywords.join(', ')}`;
}

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
