import { equal, type Value, type ValueStruct } from '../../../harness/value/index.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';

export interface FieldNode {
  readonly name: string;
  readonly node: ValueNode;
}

interface StructContext {
  /** The field that was shrunk last; it comes first the next time. */
  readonly from: number;
  readonly contexts: readonly unknown[];
}

export class StructNode implements ValueNode {
  readonly #fields: readonly FieldNode[];
  #simplest: ValueStruct | undefined;
  #isSeeking = false;

  /** The fields may still grow until the first value is made. */
  constructor(fields: readonly FieldNode[]) {
    this.#fields = fields;
  }

  make(run: Run): Value {
    const struct: ValueStruct = {};
    run.enter();
    for (const { name, node } of this.#fields) struct[name] = node.make(run);
    run.leave();
    return struct;
  }

  vary(run: Run, value: Value): Value {
    if (this.#fields.length === 0) return value;
    const { name, node } = run.pick(this.#fields);
    return { ...(value as ValueStruct), [name]: node.make(run) };
  }

  *shrink(value: Value, context: unknown): Generator<Shrunk> {
    const struct = value as ValueStruct;
    const { from = 0, contexts = [] } = (context as StructContext | undefined) ?? {};
    if (context === undefined) {
      const simplest = this.simplest();
      if (simplest !== undefined && !equal(simplest, value)) yield { value: simplest };
    }
    for (let offset = 0; offset < this.#fields.length; offset++) {
      const index = (from + offset) % this.#fields.length;
      const { name, node } = this.#fields[index] as FieldNode;
      for (const shrunk of node.shrink(struct[name] ?? null, contexts[index])) {
        const next = Array.from(this.#fields, (_, other) =>
          other === index ? shrunk.context : contexts[other],
        );
        yield {
          value: { ...struct, [name]: shrunk.value },
          context: { from: index, contexts: next } satisfies StructContext,
        };
      }
    }
  }

  simplest(): Value | undefined {
    // A field that leads back here has no simplest value of its own.
    if (this.#simplest !== undefined || this.#isSeeking) return this.#simplest;
    this.#isSeeking = true;
    const struct: ValueStruct = {};
    for (const { name, node } of this.#fields) {
      const part = node.simplest();
      if (part === undefined) {
        this.#isSeeking = false;
        return undefined;
      }
      struct[name] = part;
    }
    this.#isSeeking = false;
    this.#simplest = struct;
    return struct;
  }
}

/** How often a pointer is nil, in percent. */
const NIL = 35;
/** Deeper than this in recursion, a pointer is nil unless a deep nesting is due. */
const MAX_RECURSION = 4;

/** What may be nil: a field or an element behind a pointer. */
export class NilableNode implements ValueNode {
  readonly #node: ValueNode;

  constructor(node: ValueNode) {
    this.#node = node;
  }

  make(run: Run): Value {
    if (goesDeep(run)) return this.#inside(run);
    return run.recursion >= MAX_RECURSION || run.isFull || run.chance(NIL) ? null : this.#inside(run);
  }

  *shrink(value: Value, context: unknown): Iterable<Shrunk> {
    if (value === null) return;
    yield { value: null };
    yield* this.#node.shrink(value, context);
  }

  simplest(): Value {
    return null;
  }

  #inside(run: Run): Value {
    run.recursion++;
    const value = this.#node.make(run);
    run.recursion--;
    return value;
  }
}

/** What deep nestings reach: less than harness/value's 1,000 levels, with room for the reply around it. */
const DEEP = { min: 30, max: 400 };

/** Whether a recursive place has to go on, because a deep nesting is due. */
export function goesDeep(run: Run): boolean {
  if (run.takes('depth')) run.deepTo = run.random.nextInt(DEEP.min, DEEP.max);
  if (run.level < run.deepTo) return true;
  run.deepTo = 0;
  return false;
}
