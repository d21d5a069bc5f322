import type { Schema } from './document.js';
import { greatest, least } from './facets.js';
import type { Style } from './style.js';

/** What probes send where any number may stand: a prime, far from the small ones that mean something. */
export const UNLIKELY_NUMBER = 7919;

/** How far from a limit that is excluded a float is tried. */
const STEP = 0.5;

/** A number within the limits of the schemas, as near as can be to what the style asks for. */
export function sampleNumber(
  schemas: readonly Schema[],
  style: Style,
  kind: 'int' | 'uint' | 'float',
): number {
  const step = schemas.reduce((found, { multipleOf }) => multipleOf ?? found, kind === 'float' ? 0 : 1);
  const { low, high } = step > 0 ? onGrid(rangeOf(schemas, kind), step) : insideOf(rangeOf(schemas, kind));
  const smallest = clamp(0, low, high);
  if (style.name === 'smallest') return smallest;
  if (style.name === 'varied') return spread(style.n, { low, high, smallest, step });
  return clamp(step > 0 ? Math.ceil(UNLIKELY_NUMBER / step) * step : UNLIKELY_NUMBER, low, high);
}

interface Limits {
  readonly low: number;
  readonly high: number;
  /** Limits that are excluded themselves. */
  readonly above: number;
  readonly below: number;
}

function rangeOf(schemas: readonly Schema[], kind: 'int' | 'uint' | 'float'): Limits {
  return {
    low: greatest(schemas, 'minimum', kind === 'uint' ? 0 : -Infinity),
    high: least(schemas, 'maximum', Infinity),
    above: greatest(schemas, 'exclusiveMinimum', -Infinity),
    below: least(schemas, 'exclusiveMaximum', Infinity),
  };
}

/** The least and the greatest multiple of `step` within the limits. */
function onGrid({ low, high, above, below }: Limits, step: number): { low: number; high: number } {
  return {
    low: Math.max(Math.ceil(low / step) * step, Math.floor(above / step) * step + step),
    high: Math.min(Math.floor(high / step) * step, Math.ceil(below / step) * step - step),
  };
}

/** Limits that are not excluded themselves. */
function insideOf({ low, high, above, below }: Limits): { low: number; high: number } {
  const room = Math.min(high, below) - Math.max(low, above);
  const margin = Math.min(STEP, room / 4);
  return { low: above >= low ? above + margin : low, high: below <= high ? below - margin : high };
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
  return Math.max(Math.min(value, high), low) + 0;
}
