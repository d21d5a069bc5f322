import type { ArrayType, GobType, MapType, SliceType, StructType } from '../gob/types.js';
import { Complex, type Value, type ValueStruct } from '../value/index.js';
import type { Schema, Scope } from './document.js';
import { allowed, type Attempt, ATTEMPTS, gather, greatest, least } from './facets.js';
import { mayBeNil } from './recursion.js';
import { sampleNumber } from './sample-number.js';
import { sampleString, UNLIKELY_TEXT } from './sample-string.js';
import type { Style } from './style.js';

/** How deep a sample goes, and of how many values it is made at most. A contract that needs more is mistaken. */
const MAX_SAMPLE_DEPTH = 64;
const MAX_SAMPLE_VALUES = 20_000;

/** A valid value that the author of the contract gave for a schema; a fresh one each time. */
export type ExampleOf = (schema: Schema) => Value | undefined;

interface Making {
  readonly attempt: Attempt;
  /** The types that are being made, from the top down. */
  readonly active: readonly GobType[];
  /** Shared by the whole sample: how many values may still be made, and whether another attempt may differ. */
  readonly state: { left: number; hasChoice: boolean };
}

/** Makes values of a schema's type: by what the keywords say, and by trying where they say it only in part. */
export class Sampler {
  readonly #scope: Scope;
  readonly #exampleOf: ExampleOf;

  constructor(scope: Scope, exampleOf: ExampleOf) {
    this.#scope = scope;
    this.#exampleOf = exampleOf;
  }

  /** A value that `isValid` agrees with, which keeps the conventions too if one can be found; else `undefined`. */
  find(schema: Schema, type: GobType, style: Style, isValid: (value: Value) => boolean): Value | undefined {
    for (const attempt of ATTEMPTS) {
      const state = newState();
      const value = this.#make([schema], type, style, { attempt, active: [], state });
      if (isValid(value)) return value;
      if (!state.hasChoice) break;
    }
    return undefined;
  }

  /** The value of the first attempt. It may not be valid. */
  first(schema: Schema, type: GobType, style: Style): Value {
    return this.#make([schema], type, style, { attempt: ATTEMPTS[0], active: [], state: newState() });
  }

  #make(declared: readonly Schema[], type: GobType, style: Style, making: Making): Value {
    const { schemas, hasChoice } = gather(this.#scope, declared, making.attempt);
    making.state.left--;
    making.state.hasChoice ||= hasChoice;
    const example = style.name === 'smallest' ? this.#example(schemas) : undefined;
    if (example !== undefined) return example;
    const values = allowed(schemas);
    if (values !== undefined) return pick(values, style) as Value;
    const inside = { ...making, active: [...making.active, type] };
    switch (type.kind) {
      case 'bool':
        return style.name === 'varied' && style.n % 2 === 1;
      case 'int':
      case 'uint':
      case 'float':
        return sampleNumber(schemas, style, type.kind);
      case 'complex':
        return new Complex(sampleNumber(schemas, style, 'float'), 0);
      case 'bytes':
        return new TextEncoder().encode(anyText(style));
      case 'string':
        return sampleString(schemas, style) ?? this.#example(schemas) ?? anyText(style);
      case 'slice':
      case 'array':
        return this.#list(schemas, type, style, inside);
      case 'map':
        return this.#map(schemas, type, style, inside);
      case 'struct':
        return this.#struct(schemas, type, style, inside);
      default:
        return null;
    }
  }

  #example(schemas: readonly Schema[]): Value | undefined {
    for (const schema of schemas) {
      const example = this.#exampleOf(schema);
      if (example !== undefined) return example;
    }
    return undefined;
  }

  #struct(schemas: readonly Schema[], type: StructType, style: Style, making: Making): Value {
    const struct: ValueStruct = {};
    for (const field of type.fields) {
      const of = schemas.flatMap(({ properties }) => properties?.[field.name] ?? []);
      struct[field.name] = mayBeNil(field.type) ? null : this.#make(of, field.type, style, making);
    }
    return struct;
  }

  #list(schemas: readonly Schema[], type: SliceType | ArrayType, style: Style, making: Making): Value {
    const containing = schemas.flatMap(({ contains, minContains }) =>
      contains === undefined ? [] : [{ contains, least: minContains ?? 1 }],
    );
    const contained = Math.max(0, ...containing.map((part) => part.least));
    const min = Math.max(greatest(schemas, 'minItems', 0), contained);
    const count = countOf(style, {
      min,
      max: least(schemas, 'maxItems', Infinity),
      recursive: isActive(type, making),
    });
    const distinct = schemas.some(
      ({ uniqueBy, uniqueItems }) => uniqueBy !== undefined || uniqueItems === true,
    );
    const elements = schemas.flatMap(({ items }) => items ?? []);
    const list: Value[] = [];
    for (let index = 0; index < count && hasRoom(making); index++) {
      const of = [
        ...elements,
        ...schemas.flatMap(({ prefixItems }) => prefixItems?.[index] ?? []),
        ...containing.filter((part) => index < part.least).map((part) => part.contains),
      ];
      list.push(this.#make(of, type.elem, elementStyle(style, index, count, distinct), making));
    }
    return list;
  }

  #map(schemas: readonly Schema[], type: MapType, style: Style, making: Making): Value {
    const count = countOf(style, {
      min: greatest(schemas, 'minProperties', 0),
      max: least(schemas, 'maxProperties', Infinity),
      recursive: isActive(type, making),
    });
    const names = schemas.flatMap(({ propertyNames }) => propertyNames ?? []);
    const elements = schemas.flatMap(({ additionalProperties: of }) => (typeof of === 'object' ? [of] : []));
    const map = new Map<Value, Value>();
    for (let index = 0; index < count && hasRoom(making); index++) {
      const key = this.#make(names, type.key, elementStyle(style, index, count, true), making);
      map.set(key, this.#make(elements, type.elem, elementStyle(style, index, count, false), making));
    }
    return map;
  }
}

function newState(): Making['state'] {
  return { left: MAX_SAMPLE_VALUES, hasChoice: false };
}

function hasRoom({ active, state }: Making): boolean {
  return state.left > 0 && active.length < MAX_SAMPLE_DEPTH;
}

/** Whether a list or map is inside of one of its own elements. */
function isActive(type: SliceType | ArrayType | MapType, { active }: Making): boolean {
  return active.includes(type.elem) || active.indexOf(type) < active.length - 1;
}

/** As few as can be in the smallest sample; in others one, so that there is something to tell apart. */
function countOf(
  style: Style,
  { min, max, recursive }: { min: number; max: number; recursive: boolean },
): number {
  return style.name === 'smallest' || recursive ? min : Math.min(Math.max(min, 1), Math.max(min, max));
}

function elementStyle(style: Style, index: number, count: number, distinct: boolean): Style {
  if (style.name === 'varied') return { name: 'varied', n: style.n * count + index };
  return distinct && index > 0 ? { name: 'varied', n: index } : style;
}

function pick(values: readonly unknown[], style: Style): unknown {
  if (values.length === 0) return null;
  return style.name === 'varied' ? values[style.n % values.length] : values[0];
}

function anyText(style: Style): string {
  if (style.name === 'smallest') return '';
  return style.name === 'unlikely' ? UNLIKELY_TEXT : `caller-${style.n}`;
}
