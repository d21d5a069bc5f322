import { canonicalText } from '../value/canonical-text.js';
import type { Value } from '../value/index.js';

/**
 * The indexes of two elements that are equal, or that have equal values in `field`, the earlier one first;
 * `undefined` when there are none. Linear in the size of the list.
 */
export function repeated(items: readonly Value[], field?: string): [number, number] | undefined {
  const seen = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const judged = field === undefined ? item : fieldOf(item, field);
    if (judged === undefined) continue;
    const key = canonicalText(judged);
    const earlier = seen.get(key);
    if (earlier !== undefined) return [earlier, index];
    seen.set(key, index);
  }
  return undefined;
}

function fieldOf(item: Value, field: string): Value | undefined {
  if (typeof item !== 'object' || item === null || !Object.hasOwn(item, field)) return undefined;
  return (item as Record<string, Value>)[field];
}
