import { forSchema, InterfaceValue, type Value } from '../value/index.js';
import { segmentsOf } from './pointer.js';

/** What a JSON pointer into a value's projection leads to in the value itself; `undefined` when there is nothing. */
export function lookupValue(value: Value, path: string): Value | undefined {
  return segmentsOf(path).reduce<Value | undefined>(step, value);
}

function step(at: Value | undefined, segment: string): Value | undefined {
  if (at instanceof InterfaceValue) return step(at.value, segment);
  if (Array.isArray(at)) return at[Number(segment)];
  if (at instanceof Map) {
    if (at.has(segment)) return at.get(segment);
    for (const [key, item] of at) if (projectedName(key) === segment) return item;
    return undefined;
  }
  if (typeof at !== 'object' || at === null || !Object.hasOwn(at, segment)) return undefined;
  return (at as Record<string, Value>)[segment];
}

/** The name that a map's key has in the projection. */
function projectedName(key: Value): string | undefined {
  return Object.keys(forSchema(new Map([[key, null]])) as object)[0];
}
