import type { Value } from '../value/index.js';
import { lookupValue } from './lookup-value.js';

/** Where ajv is while it runs a keyword. */
interface Place {
  readonly rootData: unknown;
  readonly instancePath: string;
}

const originals = new WeakMap<object, Value>();

/**
 * Remembers the value behind a projection for ajv. The projection rounds large integers and repairs invalid UTF-8:
 * two elements may look equal in it and not be.
 */
export function rememberOriginal(projection: unknown, value: Value): void {
  if (typeof projection === 'object' && projection !== null) originals.set(projection, value);
}

/** The list that ajv is at, as it was before the projection; an empty one when there is none. */
export function originalAt(place: Place | undefined): readonly Value[] {
  const root = place?.rootData;
  const original = typeof root === 'object' && root !== null ? originals.get(root) : undefined;
  const found = original === undefined ? undefined : lookupValue(original, place?.instancePath ?? '');
  return Array.isArray(found) ? found : [];
}
