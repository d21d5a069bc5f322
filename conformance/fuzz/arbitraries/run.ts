import type * as fc from 'fast-check';
import { ArbitraryError } from './errors.js';

/** What is made once in a while, and never twice in a value: a text of 1 MiB, a list of thousands, a deep nesting. */
export type Outsized = 'text' | 'list' | 'depth';

/** Of so many values … */
const OF = 1200;
/** … so many are to hold a text of 1 MiB, and most do, … */
const TEXTS = 6;
/** … a list of thousands, … */
const LISTS = 6;
/** … and a deep nesting, where the type recurses. */
const DEPTHS = 12;

/** In percent: values in which everything is small and ordinary. */
const PLAIN = 45;

/** Texts of one value that are used once more in it. */
const RECENT = 8;

/** Deeper values are not made: harness/value allows 1,000 levels, and the reply may need some around the arguments. */
const MAX_LEVEL = 600;
/** When a value has so many structs, lists and maps, further lists are as short as can be. */
const MAX_PARTS = 20_000;

/** The making of one value. */
export class Run {
  readonly random: fc.Random;
  /** Whether all parts are small and ordinary: mistakes hide behind combinations of those too. */
  plain: boolean;
  /** How many lists, maps and structs are around the value that is being made. */
  level = 0;
  /** How many of those are recursive. */
  recursion = 0;
  /** Down to which level recursive types go on for sure. */
  deepTo = 0;
  #parts = 0;
  readonly #recent: string[] = [];
  #outsized: Outsized | undefined;
  /** Whether it was placed: what holds it is not used once more. */
  hasOutsized = false;
  /** How many places that could be outsized are passed over first. */
  #skip = 0;

  constructor(random: fc.Random) {
    this.random = random;
    const lot = random.nextInt(0, OF - 1);
    if (lot < TEXTS) this.#outsized = 'text';
    else if (lot < TEXTS + LISTS) this.#outsized = 'list';
    else if (lot < TEXTS + LISTS + DEPTHS) this.#outsized = 'depth';
    if (this.#outsized !== undefined) this.#skip = this.chance(50) ? 0 : this.below(4);
    this.plain = this.#outsized !== undefined || this.chance(PLAIN);
  }

  /** From 0 to `limit` − 1. */
  below(limit: number): number {
    return this.random.nextInt(0, limit - 1);
  }

  chance(percent: number): boolean {
    return this.random.nextInt(0, 99) < percent;
  }

  pick<T>(from: readonly T[]): T {
    return from[this.random.nextInt(0, from.length - 1)] as T;
  }

  /**
   * Goes into a list, a map or a struct; {@link leave} goes out again.
   *
   * @throws ArbitraryError when the type does not end
   */
  enter(isRecursive = false): void {
    this.#parts++;
    this.level++;
    if (isRecursive) this.recursion++;
    if (this.level <= MAX_LEVEL) return;
    throw new ArbitraryError(
      'ARBITRARY_NOTHING_VALID',
      `The type goes on below ${MAX_LEVEL} levels of lists, maps and structs: give "examples" of values that end.`,
    );
  }

  leave(isRecursive = false): void {
    this.level--;
    if (isRecursive) this.recursion--;
  }

  get isFull(): boolean {
    return this.#parts > MAX_PARTS;
  }

  /** What `make` makes; `undefined` when there is nothing valid. */
  attempt<T>(make: () => T): T | undefined {
    const { level, recursion } = this;
    try {
      return make();
    } catch (error) {
      if (!(error instanceof ArbitraryError)) throw error;
      this.level = level;
      this.recursion = recursion;
      return undefined;
    }
  }

  /** Whether an outsized part is still to be placed. */
  awaits(kind: Outsized): boolean {
    return this.#outsized === kind;
  }

  /** Whether this place is the one for the value’s outsized part. */
  takes(kind: Outsized): boolean {
    if (this.#outsized !== kind) return false;
    if (this.#skip > 0) {
      this.#skip--;
      return false;
    }
    this.#outsized = undefined;
    this.hasOutsized = true;
    return true;
  }

  remember(text: string): string {
    if (text !== '' && this.#recent.length < RECENT) this.#recent.push(text);
    return text;
  }

  /** A text that stands in this value already. */
  recent(): string | undefined {
    return this.#recent.length === 0 ? undefined : this.pick(this.#recent);
  }
}
