import type { Value } from '../../../harness/value/index.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';

/** Integers of `low` to `high`, both included, that are multiples of `step`. */
export interface IntegerRange {
  readonly low: bigint;
  readonly high: bigint;
  readonly step: bigint;
}

/** Where Go’s kinds and JavaScript’s integers end: 2 to these powers, with both signs, and the neighbours. */
const POWERS = [7n, 8n, 15n, 16n, 31n, 32n, 53n, 63n, 64n];
/** Small values are at most so many steps from the simplest. */
const SMALL = 10;
/** In percent. */
const SHARE = { small: 32, edge: 54 };

export class IntegerNode implements ValueNode {
  readonly #range: IntegerRange;
  /** The multiples in the range: `first` and so many more. */
  readonly #first: bigint;
  readonly #more: bigint;
  readonly #target: bigint;
  readonly #edges: readonly Value[];
  readonly #small: readonly Value[];

  /** There is at least one in the range: ask {@link integersIn}. */
  constructor(range: IntegerRange) {
    this.#range = range;
    const { first, last } = ends(range);
    this.#first = first;
    this.#more = (last - first) / range.step;
    this.#target = clamp(0n, first, last);
    const near = (from: bigint, steps: readonly bigint[]): bigint[] =>
      steps.map((n) => from + n * range.step);
    const edges = [
      ...near(first, [0n, 1n]),
      ...near(last, [0n, -1n]),
      ...near(this.#target, [0n, 1n, -1n]),
      ...POWERS.flatMap((power) =>
        [-1n, 1n].flatMap((sign) => [-1n, 0n, 1n].map((n) => sign * 2n ** power + n)),
      ),
      ...SPECIAL,
    ].filter((edge) => this.#has(edge));
    this.#edges = [...new Set(edges)].map(toValue);
    const steps = Array.from({ length: 2 * SMALL + 1 }, (_, index) => BigInt(index - SMALL / 2));
    // The simplest one more often than the others.
    this.#small = near(this.#target, [0n, 0n, 0n, 0n, 1n, 1n, ...steps])
      .filter((value) => this.#has(value))
      .map(toValue);
  }

  make(run: Run): Value {
    const lot = run.plain ? 0 : run.below(100);
    if (lot < SHARE.small) return run.pick(this.#small);
    if (lot < SHARE.small + SHARE.edge) return run.pick(this.#edges);
    // Every length in bits is as likely.
    const bits = BigInt(run.below(64) + 1);
    const most = 2n ** bits - 1n;
    const away = run.random.nextBigInt(0n, most < this.#more ? most : this.#more);
    return toValue(this.#from(away, run.chance(50)));
  }

  *shrink(value: Value, context: unknown): Generator<Shrunk> {
    if (typeof value !== 'number' && typeof value !== 'bigint') return;
    if (typeof value === 'number' && !Number.isInteger(value)) return;
    const current = BigInt(value);
    const known = typeof context === 'bigint' ? context : undefined;
    if (known === undefined && current < 0n && this.#target === 0n && this.#has(-current)) {
      yield { value: toValue(-current), context: undefined };
    }
    const { step } = this.#range;
    let passed = known;
    let gap = (current - (known ?? this.#target)) / step;
    if (known !== undefined) gap /= 2n;
    for (; gap !== 0n; gap /= 2n) {
      const next = current - gap * step;
      yield { value: toValue(next), context: passed };
      passed = next;
    }
  }

  simplest(): Value {
    return toValue(this.#target);
  }

  /** The one so many steps from the simplest, upwards or downwards as far as there is room. */
  #from(away: bigint, upwards: boolean): bigint {
    const { step } = this.#range;
    const index = (this.#target - this.#first) / step;
    const wanted = upwards ? index + away : index - away;
    const turned = wanted < 0n || wanted > this.#more ? (upwards ? index - away : index + away) : wanted;
    return this.#first + clamp(turned, 0n, this.#more) * step;
  }

  #has(value: bigint): boolean {
    const { low, high, step } = this.#range;
    return value >= low && value <= high && value % step === 0n;
  }
}

/** Numbers that mean something: of a page of memory, of ports, of seconds and milliseconds since 1970. */
const SPECIAL = [100n, 255n, 1000n, 4096n, 65535n, 1700000000n, 1700000000000n];

/** Whether there is any. */
export function integersIn(range: IntegerRange): boolean {
  const { first, last } = ends(range);
  return first <= last;
}

function ends({ low, high, step }: IntegerRange): { first: bigint; last: bigint } {
  return { first: ceilDivide(low, step) * step, last: -ceilDivide(-high, step) * step };
}

function ceilDivide(a: bigint, b: bigint): bigint {
  return a / b + (a % b > 0n ? 1n : 0n);
}

function clamp(value: bigint, low: bigint, high: bigint): bigint {
  if (value < low) return low;
  return value > high ? high : value;
}

function toValue(integer: bigint): number | bigint {
  const number = Number(integer);
  return Number.isSafeInteger(number) ? number : integer;
}
