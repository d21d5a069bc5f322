import { type GobType, STRING } from '../gob/types.js';
import { refName, type Schema, type Scope } from './document.js';
import { invalidContract, type Mistake } from './errors.js';
import type { GobTypes } from './gob-types.js';
import { ANNOTATIONS, APPLIES_TO, JSON_TYPES, KIND_NAMES, NEEDS, TYPE_KEYWORDS } from './keywords.js';
import { pointer } from './pointer.js';
import { mistakeInField, mistakeInValues } from './vet-values.js';

/** A schema with `examples`, and the type of the values that it is about. */
export interface Exemplified {
  readonly schema: Schema;
  readonly type: GobType;
  readonly path: string;
}

interface Place {
  /** Whether the type is declared here, or known already and constrained. */
  readonly declares: boolean;
  /** Why there can be no convention here; absent where there can. */
  readonly noConvention?: string | undefined;
}

/**
 * Refuses every keyword that would say nothing in its place: JSON Schema passes over a `minLength` on an integer, a
 * contract must not.
 */
export class Vetter {
  /** All schemas with examples that were looked at. */
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
    if (!place.declares) this.#agreement(schema.$ref, type, pointer(path, '$ref'));
    if (schema.examples !== undefined) this.examples.push({ schema, type, path });
    this.#refuse(mistakeInValues(schema, type, path, this.#services));
    this.#parts(schema, type, path, { ...place, declares: place.declares && schema.$ref === undefined });
    this.#conditions(schema, type, path, place);
  }

  #keyword(keyword: string, schema: Schema, type: GobType, path: string, place: Place): void {
    if (keyword === '$ref' || ANNOTATIONS.includes(keyword)) return;
    const at = pointer(path, keyword);
    const kind = KIND_NAMES[type.kind];
    const name = JSON.stringify(keyword);

    if (TYPE_KEYWORDS.includes(keyword) && (!place.declares || schema.$ref !== undefined)) {
      if (keyword === 'type' && schema.type === JSON_TYPES[type.kind]) return;
      this.#refuse({
        path: at,
        found: `${name} where the type is ${kind} already`,
        expected: 'constraints only',
      });
    }
    if (keyword === 'type' || keyword === 'go') return;
    if ((keyword === 'brokerId' || keyword === 'valuesFrom') && !place.declares) {
      this.#refuse({
        path: at,
        found: `${name} in a constraint`,
        expected: 'it beside the type of the argument',
      });
    }
    if (APPLIES_TO.get(keyword)?.includes(type.kind) !== true) {
      this.#refuse({ path: at, found: `${name} on ${kind}`, expected: keywordsFor(type.kind) });
    }
    const needs = NEEDS.get(keyword);
    if (needs !== undefined && !needs.some((other) => Object.hasOwn(schema, other))) {
      const others = needs.map((other) => JSON.stringify(other)).join(' or ');
      this.#refuse({
        path: at,
        found: `${name} alone`,
        expected: `${others} beside it: without, it says nothing`,
      });
    }
    if (keyword === 'should' && place.noConvention !== undefined) {
      this.#refuse({
        path: at,
        found: `"should" ${place.noConvention}`,
        expected: 'a convention in a place that always applies',
      });
    }
  }

  /** A reference in a constraint has to be to a type of the same kind. */
  #agreement(ref: string | undefined, type: GobType, path: string): void {
    if (ref === undefined) return;
    const referred = this.#types.definition(refName(ref), path);
    if (referred.kind === type.kind) return;
    this.#refuse({
      path,
      found: `a reference to ${KIND_NAMES[referred.kind]}`,
      expected: `a constraint on ${KIND_NAMES[type.kind]}`,
    });
  }

  /** The schemas of fields, elements and a map's values. */
  #parts(schema: Schema, type: GobType, path: string, place: Place): void {
    const { properties = {}, required = [], items, additionalProperties: values } = schema;
    for (const [index, name] of required.entries()) {
      this.#refuse(mistakeInField(name, type, pointer(path, 'required', index)));
    }
    for (const [name, of] of Object.entries(properties)) {
      const at = pointer(path, 'properties', name);
      this.#refuse(mistakeInField(name, type, at));
      const field = type.kind === 'struct' ? type.fields.find((known) => known.name === name) : undefined;
      if (field !== undefined) this.#vet(of, field.type, at, place);
    }
    if (items !== undefined && (type.kind === 'slice' || type.kind === 'array')) {
      this.#vet(items, type.elem, pointer(path, 'items'), place);
    }
    if (values === undefined) return;
    const at = pointer(path, 'additionalProperties');
    if (type.kind === 'map') {
      if (typeof values === 'object') this.#vet(values, type.elem, at, place);
      else
        this.#refuse({ path: at, found: String(values), expected: 'the schema of the values of a Go map' });
    } else if (values !== false) {
      this.#refuse({
        path: at,
        found: 'further fields',
        expected: 'none: a Go struct has those of "properties"',
      });
    }
  }

  /** The schemas that say more about the same value. */
  #conditions(schema: Schema, type: GobType, path: string, { noConvention }: Place): void {
    const also = (part: Schema | undefined, ...segments: (string | number)[]): void => {
      if (part !== undefined)
        this.#vet(part, type, pointer(path, ...segments), { declares: false, noConvention });
    };
    // The failure of such a schema is no mistake in the value by itself: a convention could not be told from it.
    const maybe = (part: Schema | undefined, of: GobType, ...segments: [string, number?]): void => {
      if (part === undefined) return;
      const at = pointer(path, ...segments.filter((segment) => segment !== undefined));
      this.#vet(part, of, at, { declares: false, noConvention: `inside of ${JSON.stringify(segments[0])}` });
    };
    for (const [index, part] of (schema.allOf ?? []).entries()) also(part, 'allOf', index);
    also(schema.then, 'then');
    also(schema.else, 'else');
    maybe(schema.should, type, 'should');
    maybe(schema.if, type, 'if');
    maybe(schema.not, type, 'not');
    for (const [index, part] of (schema.anyOf ?? []).entries()) maybe(part, type, 'anyOf', index);
    for (const [index, part] of (schema.oneOf ?? []).entries()) maybe(part, type, 'oneOf', index);
    if (schema.propertyNames !== undefined && type.kind === 'map' && type.key.kind !== 'string') {
      this.#refuse({
        path: pointer(path, 'propertyNames'),
        found: `"propertyNames" where each key is ${KIND_NAMES[type.key.kind]}`,
        expected: 'it on a map with string keys',
      });
    }
    maybe(schema.propertyNames, STRING, 'propertyNames');
    if (type.kind !== 'slice' && type.kind !== 'array') return;
    maybe(schema.contains, type.elem, 'contains');
    for (const [index, part] of (schema.prefixItems ?? []).entries())
      maybe(part, type.elem, 'prefixItems', index);
  }

  #refuse(mistake: Mistake | undefined): void {
    if (mistake !== undefined) throw invalidContract(this.#scope.source, mistake);
  }
}

function keywordsFor(kind: GobType['kind']): string {
  const keywords = [...APPLIES_TO].filter(([, kinds]) => kinds.includes(kind)).map(([keyword]) => keyword);
  if (keywords.length === 0) return `no constraint: ${KIND_NAMES[kind]} is not judged`;
  return `a keyword for ${KIND_NAMES[kind]}: ${keywords.join(', ')}`;
}
