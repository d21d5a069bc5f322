import type { JsonValue, Value } from '../value/index.js';
import type { Schema, Scope } from './document.js';
import { invalidContract } from './errors.js';
import { fromExample } from './example.js';
import type { Judge, Judgement } from './judge.js';
import { pointer } from './pointer.js';
import type { Exemplified } from './vet.js';

/** The examples of a contract's schemas. Of each list the first valid one counts. */
export class Examples {
  readonly #scope: Scope;
  readonly #judge: Judge;
  readonly #exemplified: readonly Exemplified[];
  readonly #chosen = new Map<Schema, () => Value>();

  /** `exemplified` may still grow; it is read by {@link check}. */
  constructor(scope: Scope, judge: Judge, exemplified: readonly Exemplified[]) {
    this.#scope = scope;
    this.#judge = judge;
    this.#exemplified = exemplified;
  }

  /** A fresh copy of the example for a schema, if it has one. */
  of(schema: Schema): Value | undefined {
    return this.#chosen.get(schema)?.();
  }

  /**
   * Chooses the examples.
   *
   * @throws ContractError where there are examples and none is valid
   */
  check(): void {
    for (const { schema, type, path } of this.#exemplified) {
      const judgement = this.#judge.must(schema, type);
      const examples = (schema.examples ?? []) as JsonValue[];
      const problems = examples.map((json) => problemOf(() => fromExample(json, type), judgement));
      const chosen = examples[problems.indexOf(undefined)];
      if (chosen === undefined) {
        throw invalidContract(this.#scope.source, {
          path: pointer(path, 'examples'),
          found: `no valid example${problems[0] === undefined ? '' : ` (${problems[0]})`}`,
          expected: 'at least one value that the schema allows',
        });
      }
      this.#chosen.set(schema, () => fromExample(chosen, type));
    }
  }
}

function problemOf(make: () => Value, judgement: Judgement): string | undefined {
  try {
    return judgement(make(), 'the example')[0]?.message;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
