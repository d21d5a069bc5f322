import {
  ByteString,
  Complex,
  InterfaceValue,
  type Value,
  type ValueStruct,
} from '../../harness/value/index.js';

/**
 * Values of the same type that are simpler, the simplest first: none, half of it, one part less, a part made simpler.
 * Whether they are still valid is for others to say.
 */
export function* smallerValues(value: Value): Generator<Value> {
  if (value === null || value === false || value === 0 || value === '') return;
  if (value === true) yield false;
  else if (typeof value === 'number') yield* smallerNumbers(value);
  else if (typeof value === 'bigint') yield* smallerBigints(value);
  else if (typeof value === 'string') yield* smallerStrings(value);
  else if (value instanceof ByteString) yield* smallerByteStrings(value);
  else if (value instanceof Uint8Array) yield* shorter([...value], (bytes) => Uint8Array.from(bytes));
  else if (value instanceof Complex) yield* smallerComplex(value);
  else if (value instanceof InterfaceValue) yield* smallerInterfaces(value);
  else if (Array.isArray(value)) yield* smallerLists(value, (items) => items);
  else if (value instanceof Map) yield* smallerMaps(value);
  else yield* smallerStructs(value);
}

function* smallerNumbers(number: number): Generator<number> {
  if (number === 0) return;
  yield 0;
  if (!Number.isFinite(number)) return;
  if (number < 0) yield -number;
  if (!Number.isInteger(number)) yield Math.trunc(number);
  const half = Math.trunc(number / 2);
  if (half !== 0) yield half;
  // Beyond 2^53 a float and the one before it are more than 1 apart.
  const less = number - Math.sign(number);
  if (Math.abs(number) > 1 && less !== number) yield less;
}

function* smallerComplex({ re, im }: Complex): Generator<Value> {
  for (const smaller of smallerNumbers(re)) yield new Complex(smaller, im);
  for (const smaller of smallerNumbers(im)) yield new Complex(re, smaller);
}

function* smallerBigints(number: bigint): Generator<Value> {
  if (number === 0n) return;
  yield 0;
  const half = number / 2n;
  yield half >= BigInt(Number.MIN_SAFE_INTEGER) && half <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(half)
    : half;
  yield number > 0n ? number - 1n : number + 1n;
}

function* smallerStrings(text: string): Generator<Value> {
  const characters = Array.from(text);
  yield* shorter(characters, (fewer) => fewer.join(''));
  if (characters.length > MAX_PARTS) return;
  for (const [at, character] of characters.entries()) {
    if (character !== 'a') yield characters.with(at, 'a').join('');
  }
}

function* smallerByteStrings({ bytes }: ByteString): Generator<Value> {
  yield '';
  yield* shorter([...bytes], (fewer) => new ByteString(Uint8Array.from(fewer)));
}

function* smallerInterfaces({ typeName, value }: InterfaceValue): Generator<Value> {
  yield null;
  for (const inner of smallerValues(value)) yield new InterfaceValue(typeName, inner);
}

function* smallerLists(items: readonly Value[], made: (items: Value[]) => Value): Generator<Value> {
  yield* shorter(items, made);
  if (items.length > MAX_PARTS) return;
  for (const [at, item] of items.entries()) {
    for (const smaller of smallerValues(item)) yield made(items.with(at, smaller));
  }
}

function* smallerMaps(map: ReadonlyMap<Value, Value>): Generator<Value> {
  const entries = [...map];
  yield* shorter(entries, (fewer) => new Map(fewer));
  if (entries.length > MAX_PARTS) return;
  for (const [at, [key, value]] of entries.entries()) {
    const others = entries.toSpliced(at, 1);
    for (const smaller of smallerValues(key)) {
      if (!map.has(smaller)) yield new Map([...others, [smaller, value]]);
    }
    for (const smaller of smallerValues(value)) yield new Map(entries.with(at, [key, smaller]));
  }
}

function* smallerStructs(struct: ValueStruct): Generator<Value> {
  for (const [field, value] of Object.entries(struct)) {
    for (const smaller of smallerValues(value)) yield { ...struct, [field]: smaller };
  }
}

/** Of longer ones no single parts are looked at: there would be no end. */
const MAX_PARTS = 64;

/** None, the halves, quarters … left out, then each single part. */
function* shorter<T>(parts: readonly T[], made: (fewer: T[]) => Value): Generator<Value> {
  if (parts.length === 0) return;
  yield made([]);
  for (let size = Math.floor(parts.length / 2); size >= 1; size = Math.floor(size / 2)) {
    if (parts.length / size > 2 * MAX_PARTS) return;
    for (let from = 0; from < parts.length; from += size) yield made(parts.toSpliced(from, size));
  }
}
