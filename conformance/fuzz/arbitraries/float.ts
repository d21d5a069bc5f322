import { Complex, type Value } from '../../../harness/value/index.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';
import { onGrid, simplerFloats } from './shrink-float.js';

export interface FloatLimits {
  readonly low: number;
  readonly high: number;
  /** Whether there are limits, which NaN does not keep. */
  readonly limited: boolean;
}

const MAX_FLOAT32 = 3.4028234663852886e38;

/** Floats that programs stumble over. */
const EDGES: readonly number[] = [
  0,
  1,
  0.1,
  0.5,
  1 / 3,
  1e-7,
  1e21,
  2 ** 24 + 1,
  2 ** 31,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 53 + 2,
  2 ** 63,
  2 ** 64,
  MAX_FLOAT32,
  2 ** 128,
  2 ** -126,
  2 ** -149,
  2 ** -1022,
  Number.MIN_VALUE,
  Number.MAX_VALUE,
  Number.EPSILON,
  Infinity,
].flatMap((edge) => [edge, -edge]);

/** In percent. */
const SHARE = { small: 32, edge: 54 };
const SMALL = 10;

export class FloatNode implements ValueNode {
  readonly #limits: FloatLimits;
  readonly #target: number;
  readonly #edges: readonly number[];
  readonly #small: readonly number[];
  readonly #step: number;

  /** `step` is what the numbers are multiples of, as far as rounding allows; 0 for any. */
  constructor(limits: FloatLimits, step: number) {
    this.#limits = limits;
    this.#step = step;
    const { low, high } = limits;
    const target = onGrid(Math.max(Math.min(0, high), low) + 0, step);
    this.#target = this.#has(target) ? target : target < low ? target + step : target - step;
    const near =
      step > 0
        ? [onGrid(low, step), onGrid(low, step) + step, onGrid(high, step), onGrid(high, step) - step]
        : [low, nextUp(low), high, nextDown(high), low + 1, high - 1, (low + high) / 2];
    const grid = step > 0 ? EDGES.map((edge) => onGrid(edge, step)) : [...EDGES, NaN];
    this.#edges = [...new Set([...near, ...grid])].filter((edge) => this.#has(edge));
    // -0 is the same to a Set.
    if (this.#has(-0) && this.#edges.includes(0)) this.#edges = [...this.#edges, -0];
    const steps = Array.from({ length: 2 * SMALL + 1 }, (_, index) => index - SMALL / 2);
    this.#small = [0, 0, 0, 0, 1, 1, ...steps, ...(step > 0 ? [] : [0.5, 1.5, 2.25, -0.5, 0.1])]
      .map((number) => this.#target + number * (step > 0 ? step : 1))
      .filter((number) => this.#has(number));
  }

  make(run: Run): number {
    const lot = run.plain ? 0 : run.below(100);
    if (lot < SHARE.small) return run.pick(this.#small.length > 0 ? this.#small : [this.#target]);
    if (lot < SHARE.small + SHARE.edge && this.#edges.length > 0) return run.pick(this.#edges);
    const { low, high } = this.#limits;
    const made =
      run.chance(50) && Number.isFinite(high - low) ? low + (high - low) * fraction(run) : anyFloat(run);
    const fit = onGrid(Math.max(low, Math.min(high, made)), this.#step);
    return this.#has(fit) ? fit : this.#target;
  }

  *shrink(value: Value): Generator<Shrunk> {
    if (typeof value !== 'number') return;
    for (const candidate of simplerFloats(value, this.#target, this.#step)) {
      if (this.#has(candidate)) yield { value: candidate };
    }
  }

  simplest(): number {
    return this.#target;
  }

  #has(value: number): boolean {
    const { low, high, limited } = this.#limits;
    if (Number.isNaN(value)) return !limited;
    return value >= low && value <= high;
  }
}

/** Two floats. */
export class ComplexNode implements ValueNode {
  readonly #part = new FloatNode({ low: -Infinity, high: Infinity, limited: false }, 0);

  make(run: Run): Value {
    return new Complex(this.#part.make(run), run.chance(40) ? 0 : this.#part.make(run));
  }

  *shrink(value: Value): Generator<Shrunk> {
    if (!(value instanceof Complex)) return;
    for (const { value: re } of this.#part.shrink(value.re))
      yield { value: new Complex(re as number, value.im) };
    for (const { value: im } of this.#part.shrink(value.im))
      yield { value: new Complex(value.re, im as number) };
  }

  simplest(): Value {
    return new Complex(0, 0);
  }
}

/** From 0 to 1. */
function fraction(run: Run): number {
  return run.random.nextInt(0, 2 ** 30) / 2 ** 30;
}

const bits = new DataView(new ArrayBuffer(8));

/** Any bits, read as a float64. */
function anyFloat(run: Run): number {
  bits.setInt32(0, run.random.nextInt(-0x80000000, 0x7fffffff));
  bits.setInt32(4, run.random.nextInt(-0x80000000, 0x7fffffff));
  return bits.getFloat64(0);
}

/** The next larger float. */
export function nextUp(value: number): number {
  if (!Number.isFinite(value)) return value;
  if (value === 0) return Number.MIN_VALUE;
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return bits.getFloat64(0);
}

/** The next smaller float. */
export function nextDown(value: number): number {
  return -nextUp(-value);
}
