import * as fc from 'fast-check';
import type { Value } from '../../../harness/value/index.js';
import { repeatedScalars, replaced } from './equal-parts.js';
import { IntegerNode } from './integer.js';
import type { Shrunk, ValueNode } from './node.js';
import { Run } from './run.js';
import { shrinkText } from './shrink-text.js';

/** Larger values are not searched for equal parts. */
const MAX_EQUAL = 16;

const ANY_INTEGER = new IntegerNode({ low: -(2n ** 63n), high: 2n ** 64n - 1n, step: 1n });

/** The values of a node, for fast-check. How values are distributed does not depend on its bias. */
export class ValueArbitrary extends fc.Arbitrary<Value> {
  readonly #node: ValueNode;
  readonly #accepts: (value: Value) => boolean;

  constructor(node: ValueNode, accepts: (value: Value) => boolean) {
    super();
    this.#node = node;
    this.#accepts = accepts;
  }

  generate(random: fc.Random): fc.Value<Value> {
    return new fc.Value(this.#node.make(new Run(random)), undefined);
  }

  canShrinkWithoutContext(value: unknown): value is Value {
    return this.#accepts(value as Value);
  }

  shrink(value: Value, context: unknown): fc.Stream<fc.Value<Value>> {
    return fc.stream(this.#simpler(value, context));
  }

  *#simpler(value: Value, context: unknown): Generator<fc.Value<Value>> {
    for (const shrunk of this.#node.shrink(value, context)) yield new fc.Value(shrunk.value, shrunk.context);
    // What is the same in several places stays the same: one at a time it would not get simpler.
    const repeated = repeatedScalars(value);
    if (repeated.length > MAX_EQUAL) return;
    for (const scalar of repeated) {
      for (const { value: simpler } of simplerScalars(scalar)) {
        const next = replaced(value, scalar, simpler);
        if (this.#accepts(next)) yield new fc.Value(next, undefined);
      }
    }
  }
}

function* simplerScalars(scalar: string | number | bigint): Iterable<Shrunk> {
  if (typeof scalar === 'string') for (const { text } of shrinkText(scalar, 0)) yield { value: text };
  else if (typeof scalar === 'bigint' || Number.isInteger(scalar))
    yield* ANY_INTEGER.shrink(scalar, undefined);
}
