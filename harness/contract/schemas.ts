import type { GobType } from '../gob/types.js';
import type { JsonValue, Value } from '../value/index.js';
import type { Contract } from './contract.js';
import type { Schema } from './document.js';
import { fromExample } from './example.js';
import { GobTypes } from './gob-types.js';
import { Judge } from './judge.js';

/** Schemas that a value has to satisfy together. */
export interface TypedSchemas {
  readonly type: GobType;
  /** The one that says what the type is, by `type`, `go` or `$ref`. */
  readonly declaring: Schema;
  /** Those that say more about the same value. */
  readonly constraints: readonly Schema[];
}

/** Says what is wrong with a value, in a sentence without its full stop; `undefined` for a valid one. */
export interface Verdict {
  accepts(value: Value): boolean;
  problem(value: Value): string | undefined;
}

/** The schemas of a contract, for what makes values of them. */
export interface ContractSchemas {
  /** `$defs`, by name. */
  readonly definitions: ReadonlyMap<string, Schema>;
  /** ajv's judgement of values, without the conventions; compiled at its first use. */
  verdict(of: TypedSchemas): Verdict;
  /** The examples that the schema has itself, as far as they can be read. They may be invalid. */
  examples(schema: Schema, type: GobType): Value[];
}

export function schemasOf(contract: Contract): ContractSchemas {
  const definitions = new Map(Object.entries(contract.json.$defs ?? {}));
  const scope = { source: contract.source, definitions };
  const judge = new Judge(scope, new GobTypes(scope));
  return {
    definitions,
    verdict({ type, declaring, constraints }) {
      const judgement = judge.all(declaring, type, constraints);
      return {
        accepts: judgement.accepts,
        problem: (value) => judgement.violations(value, 'the value')[0]?.message,
      };
    },
    examples: (schema, type) =>
      ((schema.examples ?? []) as JsonValue[]).flatMap((json) => readExample(json, type)),
  };
}

function readExample(json: JsonValue, type: GobType): Value[] {
  try {
    return [fromExample(json, type)];
  } catch {
    // A contract is refused only when none of its examples can be used.
    return [];
  }
}
