import { fieldStep } from './field-path.js';
import type { GobType, StructType } from './types.js';

/** One way in which a type that was sent differs from the one that was expected. */
export interface TypeDifference {
  /**
   * `incompatible`: Go refuses to decode the one into the other. `missing`: a field that is expected is not in the
   * type sent, and stays zero. `extra`: a field that is sent is not expected, and is dropped.
   */
  readonly kind: 'incompatible' | 'missing' | 'extra';
  /** `.Devices[].Type`; `[]` is the elements of a list or map, `[key]` the keys of a map, `''` the top. */
  readonly path: string;
  /** What was sent there. Not for `missing`. */
  readonly sent?: GobType;
  /** What was expected there. Not for `extra`. */
  readonly expected?: GobType;
}

interface Pair {
  readonly sent: GobType;
  readonly expected: GobType;
  readonly path: string;
  /** The lists and maps compared since the nearest struct field. */
  readonly inField: PairSet;
}

/**
 * What happens when a value of the type `sent` is decoded by a Go program into the type `expected`. Empty if they
 * are the same but for names of types, which do not matter.
 *
 * The rules are encoding/gob's (decode.go, `compatibleType` and `compileDec`): kinds must be the same, so that int
 * and uint, or []byte and []uint, do not go together; arrays must have the same length; types that encode themselves
 * must do it by the same interface; struct fields are matched by name, in any order. Two structs at the top that
 * both have fields, and none in common, are incompatible (`decodeValue`); further inside they are not.
 */
export function compareTypes(sent: GobType, expected: GobType): TypeDifference[] {
  const known = results.get(sent)?.get(expected);
  if (known !== undefined) return [...known];
  const differences = compareAll(sent, expected);
  const bySent = results.get(sent) ?? new WeakMap<GobType, readonly TypeDifference[]>();
  results.set(sent, bySent.set(expected, differences));
  return [...differences];
}

const results = new WeakMap<GobType, WeakMap<GobType, readonly TypeDifference[]>>();

function compareAll(sent: GobType, expected: GobType): TypeDifference[] {
  const differences: TypeDifference[] = [];
  const structs = new PairSet();
  // A list, not recursion: types may be recursive, and thousands of types deep.
  const waiting: Pair[] = [{ sent, expected, path: '', inField: new PairSet() }];
  for (let pair = waiting.pop(); pair !== undefined; pair = waiting.pop()) {
    // A pair of structs is told of where it is first met; lists and maps again in each field, or they never end.
    if (pair.sent.kind === 'struct' ? !structs.add(pair) : isCompound(pair.sent) && !pair.inField.add(pair))
      continue;
    const next: Pair[] = [];
    comparePair(pair, differences, next);
    waiting.push(...next.reverse());
  }
  return differences;
}

function comparePair(pair: Pair, differences: TypeDifference[], next: Pair[]): void {
  const { sent, expected, path } = pair;
  const part = (sentPart: GobType, expectedPart: GobType, step: string): void => {
    next.push({ ...pair, sent: sentPart, expected: expectedPart, path: path + step });
  };
  if (
    sent.kind === 'struct' &&
    expected.kind === 'struct' &&
    !(path === '' && haveNothingInCommon(sent, expected))
  ) {
    compareFields(sent, expected, path, differences, next);
  } else if (sent.kind === 'slice' && expected.kind === 'slice') {
    part(sent.elem, expected.elem, '[]');
  } else if (sent.kind === 'array' && expected.kind === 'array' && sent.length === expected.length) {
    part(sent.elem, expected.elem, '[]');
  } else if (sent.kind === 'map' && expected.kind === 'map') {
    part(sent.key, expected.key, '[key]');
    part(sent.elem, expected.elem, '[]');
  } else if (sent.kind !== expected.kind || isCompound(sent)) {
    differences.push({ kind: 'incompatible', path, sent, expected });
  }
}

/** In the order of the expected fields; extra ones after them. */
function compareFields(
  sent: StructType,
  expected: StructType,
  path: string,
  differences: TypeDifference[],
  next: Pair[],
): void {
  const sentFields = fieldsOf(sent);
  for (const { name, type } of expected.fields) {
    const sentType = sentFields.get(name);
    const fieldPath = path + fieldStep(name);
    if (sentType === undefined) differences.push({ kind: 'missing', path: fieldPath, expected: type });
    else next.push({ sent: sentType, expected: type, path: fieldPath, inField: new PairSet() });
  }
  const expectedFields = fieldsOf(expected);
  for (const { name, type } of sent.fields) {
    if (!expectedFields.has(name))
      differences.push({ kind: 'extra', path: path + fieldStep(name), sent: type });
  }
}

function haveNothingInCommon(sent: StructType, expected: StructType): boolean {
  const names = fieldsOf(sent);
  return (
    sent.fields.length > 0 &&
    expected.fields.length > 0 &&
    !expected.fields.some(({ name }) => names.has(name))
  );
}

function fieldsOf(type: StructType): Map<string, GobType> {
  return new Map(type.fields.map((field) => [field.name, field.type]));
}

function isCompound(type: GobType): boolean {
  return type.kind === 'struct' || type.kind === 'slice' || type.kind === 'array' || type.kind === 'map';
}

class PairSet {
  readonly #pairs = new Map<GobType, Set<GobType>>();

  /** Whether the pair is new. */
  add({ sent, expected }: Pick<Pair, 'sent' | 'expected'>): boolean {
    const known = this.#pairs.get(sent);
    if (known?.has(expected)) return false;
    if (known === undefined) this.#pairs.set(sent, new Set([expected]));
    else known.add(expected);
    return true;
  }
}
