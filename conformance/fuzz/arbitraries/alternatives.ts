import { equal, type Value } from '../../../harness/value/index.js';
import type { Verdict } from '../../../harness/contract/index.js';
import { ArbitraryError } from './errors.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';

/** How often a way is tried for one value before one that was found beforehand is taken. */
const MAX_TRIES = 30;
/** How often each way is tried beforehand, until so many values were found. */
const MAX_PROBES = 300;
const ENOUGH = 12;
/** How far what was found is shrunk. */
const MAX_SHRINKS = 1000;
/** How often the contract’s examples are taken, in percent. */
const EXAMPLES = 8;

export interface Way {
  readonly node: ValueNode;
  /** What its values are judged by, where not all that the node makes is valid. */
  readonly verdict: Pick<Verdict, 'accepts'> | undefined;
  readonly weight: number;
}

export interface AlternativesParts {
  readonly ways: readonly Way[];
  /** Makes whatever holds in any case: all values can be shrunk with it. */
  readonly base: ValueNode;
  /** The judge, where not all that is made and shrunk is valid. */
  readonly verdict: Verdict | undefined;
  /** Valid ones. */
  readonly examples: readonly Value[];
  /** What the place is called. */
  readonly name: string;
}

/** Values that are made in one of several ways, or have to be judged, or of which there are examples. */
export class AlternativesNode implements ValueNode {
  readonly #parts: AlternativesParts;
  /** The ways that were found to lead somewhere, each as often as it weighs. */
  #ways: readonly Way[];
  #found: readonly Value[] = [];
  #simplest: Value | undefined;
  #problem = '';

  constructor(parts: AlternativesParts) {
    this.#parts = parts;
    this.#ways = weighted(parts.ways);
  }

  /** Finds out which ways lead to valid values. It is done once, when all nodes are there. */
  settle(run: () => Run): void {
    const { ways, examples, verdict } = this.#parts;
    if (verdict !== undefined) {
      const found: Value[] = [];
      this.#ways = weighted(
        ways.filter((way) => {
          const here = this.#probe(run, way, verdict);
          found.push(...here);
          return here.length > 0;
        }),
      );
      this.#found = [...found, ...examples];
    }
    this.#simplest = this.#leastOf(examples);
  }

  make(run: Run): Value {
    const { examples } = this.#parts;
    if (examples.length > 0 && (this.#ways.length === 0 || run.chance(EXAMPLES))) return run.pick(examples);
    if (this.#ways.length === 0) throw this.#nothing();
    const way = run.pick(this.#ways);
    if (way.verdict === undefined) return way.node.make(run);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const value = run.attempt(() => way.node.make(run));
      if (value !== undefined && way.verdict.accepts(value)) return value;
    }
    if (this.#found.length === 0) throw this.#nothing();
    return run.pick(this.#found);
  }

  *shrink(value: Value, context: unknown): Generator<Shrunk> {
    const { base, verdict } = this.#parts;
    if (context === undefined && this.#simplest !== undefined && !equal(this.#simplest, value)) {
      yield { value: this.#simplest };
    }
    for (const shrunk of base.shrink(value, context)) {
      if (verdict === undefined || verdict.accepts(shrunk.value)) yield shrunk;
    }
  }

  simplest(): Value | undefined {
    return this.#simplest;
  }

  #probe(run: () => Run, way: Way, verdict: Verdict): Value[] {
    const found: Value[] = [];
    for (let tries = 0; tries < MAX_PROBES && found.length < ENOUGH; tries++) {
      const one = run();
      const value = one.attempt(() => way.node.make(one));
      if (value === undefined) continue;
      if (way.verdict?.accepts(value) ?? true) found.push(value);
      else this.#problem = verdict.problem(value) ?? '';
    }
    return found;
  }

  /** The simplest value that shrinking leads to. It goes on from it no further, or shrinking would not end. */
  #leastOf(examples: readonly Value[]): Value | undefined {
    const { base, verdict } = this.#parts;
    const accepts = (value: Value): boolean => verdict?.accepts(value) ?? true;
    const simplest = base.simplest();
    let least = simplest !== undefined && accepts(simplest) ? simplest : (this.#found[0] ?? examples[0]);
    for (let rounds = 0; least !== undefined && rounds < MAX_SHRINKS; rounds++) {
      const next = first(base.shrink(least, undefined), ({ value }) => accepts(value));
      if (next === undefined) return least;
      least = next.value;
    }
    return undefined;
  }

  #nothing(): ArbitraryError {
    const why = this.#problem === '' ? '' : ` (${this.#problem})`;
    return new ArbitraryError(
      'ARBITRARY_NOTHING_VALID',
      `No valid value of ${this.#parts.name} was found in ${MAX_PROBES} tries${why}: give some in its "examples".`,
    );
  }
}

function weighted(ways: readonly Way[]): Way[] {
  return ways.flatMap((way) => Array.from({ length: way.weight }, () => way));
}

function first<T>(items: Iterable<T>, fits: (item: T) => boolean): T | undefined {
  for (const item of items) if (fits(item)) return item;
  return undefined;
}
