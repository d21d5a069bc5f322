import { mayBeNil } from '../../../../harness/contract/index.js';
import { BASIC_REGISTRY, type GobType, type MapType } from '../../../../harness/gob/index.js';
import { quote } from '../../../../harness/quote.js';
import {
  ByteString,
  Complex,
  InterfaceValue,
  type Value,
  type ValueStruct,
} from '../../../../harness/value/index.js';
import { CounterexampleError } from '../errors.js';
import { goString } from './go-string.js';
import type { GoTypes } from './go-types.js';

/** What literals are written with. */
export interface LiteralContext {
  readonly types: GoTypes;
  /** The type that a value in an interface has at the plugin, and how it is called here. */
  readonly registered: (typeName: string) => { readonly type: GobType; readonly text: string } | undefined;
}

/** Where a literal stands. */
interface Place {
  /** What an unnamed type is called. */
  readonly hint: string;
  /** The type stands before it already, as before the elements of a list. */
  readonly isTyped: boolean;
  /** Field names from the top down, while there are only fields. */
  readonly path: readonly string[] | undefined;
  /** Expressions in place of values, by their paths. */
  readonly instead: ReadonlyMap<string, string>;
}

/** Field names as a key of {@link goLiteral}’s `instead`. */
export function pathKey(path: readonly string[]): string {
  return JSON.stringify(path);
}

/**
 * A value as a Go expression of the type that `types.text(type, hint)` refers to.
 *
 * @param instead - expressions for parts of it, by {@link pathKey}
 * @throws CounterexampleError when the value is not of the type
 */
export function goLiteral(
  value: Value,
  type: GobType,
  hint: string,
  context: LiteralContext,
  instead: ReadonlyMap<string, string> = new Map(),
): string {
  return literal(value, type, { hint, isTyped: false, path: [], instead }, context);
}

/** The same where any type could stand: a constant is given its own. */
export function goValue(
  value: Value,
  type: GobType,
  hint: string,
  context: LiteralContext,
  instead: ReadonlyMap<string, string> = new Map(),
): string {
  const text = goLiteral(value, type, hint, context, instead);
  const isPlain = NUMBERS.has(type.kind) && !instead.has(pathKey([]));
  return isPlain ? `${context.types.text(type, hint)}(${text})` : text;
}

const NUMBERS: ReadonlySet<GobType['kind']> = new Set(['int', 'uint', 'float', 'complex']);

function literal(value: Value, type: GobType, place: Place, context: LiteralContext): string {
  const expression = place.path && place.instead.get(pathKey(place.path));
  if (expression !== undefined) return expression;
  const { types } = context;
  const name = place.isTyped ? '' : types.text(type, place.hint);
  const inside = (hint: string): Place => ({
    ...place,
    hint: `${place.hint}${hint}`,
    isTyped: true,
    path: undefined,
  });
  switch (type.kind) {
    case 'bool':
    case 'int':
    case 'uint':
      if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'bigint')
        return String(value);
      break;
    case 'float':
      if (typeof value === 'number' || typeof value === 'bigint') return goFloat(Number(value));
      break;
    case 'complex':
      if (value instanceof Complex) return `complex(${goFloat(value.re)}, ${goFloat(value.im)})`;
      break;
    case 'string':
      if (typeof value === 'string') return goString(value);
      if (value instanceof ByteString) return goString(value.bytes);
      break;
    case 'bytes':
      if (value === null) return 'nil';
      if (value instanceof Uint8Array) return value.length === 0 ? '[]byte{}' : `[]byte(${goString(value)})`;
      break;
    case 'interface':
      return goInterface(value, place.hint, context);
    case 'slice':
    case 'array': {
      if (value === null && type.kind === 'slice') return 'nil';
      if (!Array.isArray(value)) break;
      const items = value.map((item) =>
        element(item, type.elem, inside('Item'), context, type.kind === 'array'),
      );
      return `${name}{${items.join(', ')}}`;
    }
    case 'map':
      if (value === null) return 'nil';
      if (value instanceof Map) return `${name}{${entries(value, type, inside, context).join(', ')}}`;
      break;
    case 'struct': {
      if (!isStruct(value)) break;
      const fields = type.fields.flatMap(({ name: field, type: of }) => {
        const part = Object.hasOwn(value, field) ? value[field] : undefined;
        if (part === undefined) return [];
        const path = place.path && [...place.path, field];
        const where = { ...place, hint: `${place.hint}${field}`, isTyped: false, path };
        return [`${field}: ${pointed(part, of, where, context)}`];
      });
      return `${name}{${fields.join(', ')}}`;
    }
  }
  throw new CounterexampleError(
    'COUNTEREXAMPLE_INVALID',
    `The counterexample has a value in ${quote(place.hint)} that is not of the contract’s type ${type.kind}.`,
  );
}

/** A field: the address of a struct where the type is a pointer. */
function pointed(value: Value, type: GobType, place: Place, context: LiteralContext): string {
  if (!mayBeNil(type)) return literal(value, type, place, context);
  return value === null ? 'nil' : `&${literal(value, type, place, context)}`;
}

/** An element: Go leaves out its type, and & with it. A pointer stands in arrays only. */
function element(
  value: Value,
  type: GobType,
  place: Place,
  context: LiteralContext,
  inArray: boolean,
): string {
  if (inArray && mayBeNil(type) && value === null) return 'nil';
  return literal(value, type, place, context);
}

/** Of keys that are written alike only the last one stays: two of them do not compile. */
function entries(
  map: ReadonlyMap<Value, Value>,
  { key, elem }: MapType,
  inside: (hint: string) => Place,
  context: LiteralContext,
): string[] {
  const texts = new Map<string, string>();
  for (const [name, value] of map) {
    texts.set(literal(name, key, inside('Key'), context), literal(value, elem, inside('Value'), context));
  }
  return Array.from(texts, ([name, text]) => `${name}: ${text}`);
}

function goInterface(value: Value, hint: string, context: LiteralContext): string {
  if (value === null) return 'nil';
  if (value instanceof InterfaceValue) {
    const basic = BASIC_REGISTRY.get(value.typeName);
    if (basic) {
      const place = { hint, isTyped: true, path: undefined, instead: new Map<string, string>() };
      const text = literal(value.value, basic, place, context);
      return value.typeName.startsWith('[]') && basic.kind !== 'bytes'
        ? `${value.typeName}${text}`
        : `${value.typeName}(${text})`;
    }
    const known = context.registered(value.typeName);
    if (known) {
      const place = { hint, isTyped: true, path: undefined, instead: new Map<string, string>() };
      const text = literal(value.value, known.type, place, context);
      return COMPOSITE.has(known.type.kind) ? `${known.text}${text}` : `${known.text}(${text})`;
    }
  }
  throw new CounterexampleError(
    'COUNTEREXAMPLE_INVALID',
    `The counterexample has an interface value in ${quote(hint)} whose type a host of this contract does not know.`,
  );
}

const COMPOSITE: ReadonlySet<GobType['kind']> = new Set(['struct', 'slice', 'array', 'map']);

/** A float64 as an expression: special values have no literals in Go. */
function goFloat(value: number): string {
  if (Number.isNaN(value)) return 'math.NaN()';
  if (!Number.isFinite(value)) return `math.Inf(${value > 0 ? 1 : -1})`;
  return Object.is(value, -0) ? 'math.Copysign(0, -1)' : String(value);
}

function isStruct(value: Value): value is ValueStruct {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
