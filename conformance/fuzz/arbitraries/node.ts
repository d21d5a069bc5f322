import type { Value } from '../../../harness/value/index.js';
import type { Run } from './run.js';

/** A simpler value, with what its node wants to know when it is asked to go on from there. */
export interface Shrunk {
  readonly value: Value;
  /** What {@link ValueNode.shrink} left off with; `undefined` begins anew. */
  readonly context?: unknown;
}

/**
 * Makes and shrinks the values of one place of a type. Values are made without the wrappers of fast-check’s own
 * combinators, since making them is most of the work of fuzzing; shrinking keeps contexts as they do.
 */
export interface ValueNode {
  /** @throws ArbitraryError `ARBITRARY_NOTHING_VALID` */
  make(run: Run): Value;
  /**
   * Simpler values, the simplest first. Each is simpler in an order without cycles: going on from any of them ends.
   * Any value of the type can be shrunk, also one that was not made here.
   */
  shrink(value: Value, context: unknown): Iterable<Shrunk>;
  /** The value from which nothing simpler is left; `undefined` when none was found. */
  simplest(): Value | undefined;
  /** A value that differs in one part, for lists of elements that are nearly the same. */
  vary?(run: Run, value: Value): Value;
}
