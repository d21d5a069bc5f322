import type { Schema } from './document.js';
import { greatest, least } from './facets.js';
import type { Style } from './style.js';

/** What probes send where any number may stand: a prime, far from the small ones that mean something. */
export const UNLIKELY_NUMBER = 7919;

/** How far from a limit that is excluded a float is tried. */
const STEP = 0.5;

/** A number within the limits of the schemas, as near as can be to what the style asks for. */
export function sampleNumber(schemas: readonly Schema[], style: Style, kind: 'int' | 'uint' | 'float'): number {
  const step = schemas.reduce((found, { multipleOf }) => multipleOf ?? found, kind === 'float' ? 0 : 1);
  const margin = step > 0 ? step : STEP;
  let low = greatest(schemas, 'minimum', kind === 'uint' ? 0 : -Infinity);
  let high = least(schemas, 'maximum', Infinity);
  const above = greatest(schemas, 'exclusiveMinimum', -Infinity);
  const below = least(schemas, 'exclusiveMaximum', Infinity);
  const between = above > -Infinity && below < Infinity ? Math.min(margin, (below - above) / 2) : margin;
  if (above >= low) low = above + (step > 0 ? margin : between);
  if (below <= high) high = below - (step > 0 ? margin : between);
  if (step > 0) {
    low = Math.ceil(low / step) * step;
    high = Math.floor(high / step) * step;
  }
  const smallest = clamp(0, low, high);
  switch (style.name) {
    case 'smallest':
      return smallest;
    case 'unlikely':
      return clamp(step > 0 ? Math.ceil(UNLIKELY_NUMBER / step) * step : UNLIKELY_NUMBER, low, high);
    case 'varied':
      return spread(style.n, { low, high, smallest, step });
  }
}

interface Range {
  readonly low: number;
  readonly high: number;
  readonly smallest: number;
  readonly step: number;
}

/** The n-th number of the range, upwards from the smallest one, else downwards, else around. */
function spread(n: number, { low, high, smallest, step }: Range): number {
  const stride = n * (step > 0 ? step : 1);
  if (smallest + stride <= high) return smallest + stride;
  if (smallest - stride >= low) return smallest - stride;
  if (step === 0) return low + (high - low) * ((n + 1) / (n + 2));
  const size = Math.floor((high - low) / step) + 1;
  return size > 0 ? low + (n % size) * step : smallest;
}

function clamp(value: number, low: number, high: number): number {
  // Adding 0 makes 0 of -0.
  return Math.min(Math.max(value, low), high) + 0;
}
