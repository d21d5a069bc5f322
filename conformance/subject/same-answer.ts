import { equal, toJson, type Value } from '../../harness/value/index.js';

/** Equal, lists in any order where the contract says that their order means nothing. */
export function sameAnswer(a: Value, b: Value, unordered: boolean): boolean {
  return equal(a, b) || (unordered && equal(sorted(a), sorted(b)));
}

function sorted(value: Value): Value {
  if (Array.isArray(value)) {
    return value.map(sorted).sort((a, b) => (JSON.stringify(toJson(a)) < JSON.stringify(toJson(b)) ? -1 : 1));
  }
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, sorted(inner as Value)]));
  }
  return value;
}
