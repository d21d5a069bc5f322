import {
  ByteString,
  Complex,
  equal,
  InterfaceValue,
  toJson,
  type Value,
} from '../../../harness/value/index.js';
import { AWKWARD } from '../../fuzz/arbitraries/awkward-text.js';

/** Something that generated values are expected to have in them now and then. */
export interface Edge {
  readonly name: string;
  readonly occursIn: (value: Value) => boolean;
}

const KIB = 1024;

/** Exactly this value, somewhere. */
export function is(value: Value): Edge {
  return somewhere(nameOf(value), (part) => Object.is(part, value) || (!isZero(value) && equal(part, value)));
}

/** A text of this form. */
export function matching(name: string, form: RegExp): Edge {
  return somewhere(name, (part) => typeof part === 'string' && form.test(part));
}

/** A text of so many characters. */
export function characters(length: number): Edge {
  return somewhere(
    `${length} characters`,
    (part) => typeof part === 'string' && Array.from(part).length === length,
  );
}

/** A list or a map of so many elements. */
export function elements(count: number): Edge {
  return somewhere(`${count} elements`, (part) => sizeOf(part) === count);
}

/** The value as a whole. */
export function whole(name: string, occursIn: (value: Value) => boolean): Edge {
  return { name, occursIn };
}

function somewhere(name: string, fits: (part: Value) => boolean): Edge {
  return {
    name,
    occursIn: (value) => {
      for (const part of parts(value)) if (fits(part)) return true;
      return false;
    },
  };
}

/** What texts without a pattern or a format come to be. */
export const TEXTS: readonly Edge[] = [
  is(''),
  is('a'),
  ...Object.entries(AWKWARD).map(([name, texts]) =>
    somewhere(name, (part) => typeof part === 'string' && texts.includes(part)),
  ),
  somewhere('not UTF-8', (part) => part instanceof ByteString),
  somewhere('some KiB', (part) => typeof part === 'string' && part.length >= KIB && part.length <= 16 * KIB),
];

/** One in 300: expected where there are enough values. */
export const MEBIBYTE = somewhere('1 MiB', (part) => sizeOfText(part) >= KIB * KIB);

export const SAME_TEXT_TWICE = whole('one text twice', (value) => {
  const texts = [...parts(value)].filter((part) => typeof part === 'string' && part !== '');
  return new Set(texts).size < texts.length;
});

export const LISTS: readonly Edge[] = [
  elements(0),
  elements(1),
  elements(2),
  somewhere(
    'the same element twice',
    (part) =>
      Array.isArray(part) && part.some((item, index) => index > 0 && equal(item, part[index - 1] ?? null)),
  ),
];
export const MAPS: readonly Edge[] = [elements(0), elements(1), elements(2)];
export const THOUSANDS = somewhere('1,000 elements', (part) => sizeOf(part) >= 1000);

const BELOW_AND_ABOVE = [-1n, 0n, 1n];

/** The ends of Go’s integers and JavaScript’s, with their neighbours. */
export function integers(...powers: readonly number[]): Edge[] {
  const near = powers.flatMap((power) => BELOW_AND_ABOVE.map((n) => 2n ** BigInt(power) + n));
  return near.map((value) => is(Number.isSafeInteger(Number(value)) ? Number(value) : value));
}

export const INT64: readonly Edge[] = [
  ...[0, 1, -1].map(is),
  ...integers(7, 8, 15, 16, 31, 32, 53),
  is(2n ** 63n - 1n),
  is(-(2n ** 63n)),
  is(-(2n ** 63n) + 1n),
  is(-(2n ** 53n) - 1n),
];
export const UINT64: readonly Edge[] = [
  is(0),
  is(1),
  ...integers(8, 16, 32, 53, 63),
  is(2n ** 64n - 1n),
  is(2n ** 64n - 2n),
];
export const FLOATS: readonly Edge[] = [
  ...[-1, 1].flatMap((sign) =>
    [0, 1, 0.1, Infinity, Number.MIN_VALUE, Number.MAX_VALUE, 3.4028234663852886e38].map((edge) =>
      is(sign * edge),
    ),
  ),
  is(NaN),
];
export const BOOLS: readonly Edge[] = [is(true), is(false)];

/** Nested so deeply, where types recurse. */
export function levels(count: number): Edge {
  return whole(`${count} levels`, (value) => depthOf(value) >= count);
}

function depthOf(value: Value): number {
  let level: Value[] = [value];
  let depth = -1;
  for (; level.length > 0; depth++) level = level.flatMap(children);
  return depth;
}

function* parts(value: Value): Generator<Value> {
  // The values are as deep as Node’s stack allows, and no deeper: a loop all the same, for lists of thousands.
  const left = [value];
  for (let part = left.pop(); part !== undefined; part = left.pop()) {
    yield part;
    for (const child of children(part)) left.push(child);
  }
}

function children(value: Value): Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Map) return [...value.keys(), ...value.values()];
  if (value instanceof Complex) return [value.re, value.im];
  if (value instanceof InterfaceValue) return [value.value];
  if (
    typeof value !== 'object' ||
    value === null ||
    value instanceof Uint8Array ||
    value instanceof ByteString
  )
    return [];
  return Object.values(value);
}

function sizeOf(value: Value): number {
  if (Array.isArray(value)) return value.length;
  return value instanceof Map ? value.size : -1;
}

function sizeOfText(value: Value): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 0;
}

function isZero(value: Value): boolean {
  return value === 0;
}

function nameOf(value: Value): string {
  if (Object.is(value, -0)) return '-0';
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  if (value === null) return 'nil';
  return typeof value === 'object' || typeof value === 'string'
    ? JSON.stringify(toJson(value))
    : String(value);
}
