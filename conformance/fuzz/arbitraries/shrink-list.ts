import type { Shrunk, ValueNode } from './node.js';
import { equal, type Value } from '../../../harness/value/index.js';
import { cuts, shorter } from './shrink-text.js';

interface ListContext {
  /** The element that was shrunk last; it comes first the next time. */
  readonly from: number;
  readonly contexts: readonly unknown[];
}

export interface ShrunkList {
  readonly items: readonly Value[];
  readonly context?: unknown;
}

/** In longer lists elements are first made simple many at a time. */
const MANY = 8;

/** Simpler lists of at least `min` elements: shorter ones, then those with simpler elements. */
export function* shrinkList(
  items: readonly Value[],
  context: unknown,
  min: number,
  nodeAt: (index: number) => ValueNode,
): Generator<ShrunkList> {
  const known = context as ListContext | undefined;
  if (known === undefined) {
    yield* fewer(items, min, nodeAt);
    yield* simplestParts(items, nodeAt);
  }
  for (let offset = 0; offset < items.length; offset++) {
    const index = ((known?.from ?? 0) + offset) % items.length;
    for (const shrunk of nodeAt(index).shrink(items[index] ?? null, known?.contexts[index])) {
      yield {
        items: items.with(index, shrunk.value),
        context: contextAfter(items.length, known, index, shrunk),
      };
    }
  }
  // Elements that have become simple may be needless now.
  if (known !== undefined) yield* fewer(items, min, nodeAt);
}

function contextAfter(
  length: number,
  known: ListContext | undefined,
  index: number,
  { context }: Shrunk,
): ListContext {
  const contexts = Array.from({ length }, (_, other) => (other === index ? context : known?.contexts[other]));
  return { from: index, contexts };
}

function* fewer(
  items: readonly Value[],
  min: number,
  nodeAt: (index: number) => ValueNode,
): Generator<ShrunkList> {
  const [first] = items;
  if (items.length > MANY && first !== undefined) {
    if (items.every((item) => equal(item, first))) {
      // Where all are the same, only their number matters.
      for (const [length] of shorter(items.length, min)) yield { items: items.slice(0, length) };
      return;
    }
    yield { items: items.slice(0, min) };
    const simplest = nodeAt(items.length).simplest();
    if (simplest !== undefined) yield { items: items.map(() => simplest) };
  }
  for (const [from, to] of cuts(items.length, min)) yield { items: items.toSpliced(from, to - from) };
}

function* simplestParts(
  items: readonly Value[],
  nodeAt: (index: number) => ValueNode,
): Generator<ShrunkList> {
  if (items.length < 2) return;
  const smallest = items.length > MANY ? Math.ceil(items.length / MANY / MANY) : items.length;
  for (let size = items.length; size >= smallest && size > 0; size = Math.floor(size / 2)) {
    for (let from = 0; from < items.length; from += size) {
      let changed = false;
      const next = items.map((item, index) => {
        if (index < from || index >= from + size) return item;
        const simplest = nodeAt(index).simplest();
        if (simplest === undefined || equal(simplest, item)) return item;
        changed = true;
        return simplest;
      });
      if (changed) yield { items: next };
    }
  }
}
