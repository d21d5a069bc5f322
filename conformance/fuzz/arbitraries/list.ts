import type { Value } from '../../../harness/value/index.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';
import { shrinkList } from './shrink-list.js';
import { goesDeep } from './struct.js';

export interface Count {
  readonly min: number;
  readonly max: number;
  /** Whether the elements may hold such lists themselves. */
  readonly isRecursive: boolean;
}

export interface ListParts extends Count {
  /** What an element is like at an index, and among those that “contains” asks for (by its number) or others (−1). */
  readonly nodeAt: (index: number, containing: number) => ValueNode;
  /** What an element is like at an index in any case. */
  readonly anyAt: (index: number) => ValueNode;
  /** How many elements each “contains” asks for. */
  readonly contains: readonly { readonly min: number; readonly max: number }[];
  /** What no two elements share. */
  readonly identity?: ((item: Value) => string) | undefined;
}

/** Ordinary lists have so many elements: none, one and two are the likeliest. */
const LENGTHS = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5];
/** At each further level of a recursive type. */
const RECURSIVE_LENGTHS = [5, 3, 2, 1];
/** Limits below this are tried in ordinary values. */
const NEAR_LIMIT = 32;
/** Long lists. */
const LONG = { min: 1000, max: 3000 };
/** How often something new is looked for where elements have to differ. */
const MAX_NEW = 20;
const MAX_NEW_OF_MANY = 200;
const MANY = 32;
/** In percent: an element that is the one before once more, or nearly. */
const AGAIN = 8;
const NEARLY = 8;

/** How many elements a list or a map is to have. */
export function countFor(run: Run, { min, max, isRecursive }: Count, isUnique = false): number {
  if (isRecursive && goesDeep(run)) return Math.max(min, Math.min(1, max));
  if (run.isFull) return min;
  if (run.recursion === 0 && run.takes('list')) {
    // So many different ones are not small and ordinary.
    if (isUnique) run.plain = false;
    return Math.min(max, Math.max(min, run.random.nextInt(LONG.min, LONG.max)));
  }
  if (!run.plain && run.chance(25)) {
    const limits = [min, min + 1, max - 1, max].filter(
      (count) => count >= min && count <= Math.min(max, NEAR_LIMIT),
    );
    if (limits.length > 0 && (max <= NEAR_LIMIT || min > 0)) return run.pick(limits);
  }
  // In recursion every further list is shorter.
  const most = isRecursive ? (RECURSIVE_LENGTHS[run.recursion] ?? 0) : isUnique ? 6 : Infinity;
  const least = run.awaits('text') && !isRecursive ? 1 : 0;
  return Math.max(min, Math.min(max, most, Math.max(least, min + run.pick(LENGTHS))));
}

export class ListNode implements ValueNode {
  readonly #parts: ListParts;

  constructor(parts: ListParts) {
    this.#parts = parts;
  }

  make(run: Run): Value {
    const wanted = this.#containing(run);
    const count = Math.max(countFor(run, this.#parts, this.#parts.identity !== undefined), wanted.length);
    // What is to be contained stands anywhere.
    const containing = Array<number>(count).fill(-1);
    for (const [index, part] of wanted.entries()) {
      const other = index + run.below(count - index);
      containing[index] = containing[other] ?? -1;
      containing[other] = part;
    }
    run.enter(this.#parts.isRecursive);
    const list = this.#elements(run, containing);
    run.leave(this.#parts.isRecursive);
    return list;
  }

  *shrink(value: Value, context: unknown): Generator<Shrunk> {
    if (!Array.isArray(value)) return;
    for (const { items, context: next } of shrinkList(value, context, this.#parts.min, this.#parts.anyAt)) {
      yield { value: items as Value[], context: next };
    }
  }

  simplest(): Value | undefined {
    const list: Value[] = [];
    for (let index = 0; index < this.#parts.min; index++) {
      const item = this.#parts.anyAt(index).simplest();
      if (item === undefined) return undefined;
      list.push(item);
    }
    return list;
  }

  /** For each “contains”, its number as often as it is to be satisfied. */
  #containing(run: Run): number[] {
    return this.#parts.contains.flatMap(({ min, max }, index) => {
      const more = run.chance(70) ? 0 : run.below(3);
      return Array<number>(Math.min(min + more, Math.max(min, max))).fill(index);
    });
  }

  #elements(run: Run, containing: readonly number[]): Value[] {
    const { identity, nodeAt, min } = this.#parts;
    const list: Value[] = [];
    const seen = new Set<string>();
    for (const [index, part] of containing.entries()) {
      const node = nodeAt(index, part);
      const make = (): Value | undefined =>
        identity === undefined ? this.#another(run, node, list) : makeNew(run, node, identity, seen);
      // Where there is no such element, the list ends if it may.
      const item = index < min ? make() : run.attempt(make);
      if (item === undefined) break;
      list.push(item);
    }
    return list;
  }

  #another(run: Run, node: ValueNode, list: readonly Value[]): Value {
    const last = list.at(-1);
    if (last === undefined || run.hasOutsized || this.#parts.contains.length > 0) return node.make(run);
    const lot = run.below(100);
    if (lot < AGAIN) return last;
    return lot < AGAIN + NEARLY && node.vary !== undefined ? node.vary(run, last) : node.make(run);
  }
}

/** An element or key that is not there yet; `undefined` when none is found soon. */
export function makeNew(
  run: Run,
  node: ValueNode,
  identity: (item: Value) => string,
  seen: Set<string>,
): Value | undefined {
  const most = seen.size > MANY ? MAX_NEW_OF_MANY : MAX_NEW;
  for (let tries = 0; tries < most; tries++) {
    const item = node.make(run);
    const known = identity(item);
    if (seen.has(known)) continue;
    seen.add(known);
    return item;
  }
  return undefined;
}
