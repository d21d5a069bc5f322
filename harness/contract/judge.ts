import type { Ajv2020, ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { GobType } from '../gob/types.js';
import { forSchema, type Value } from '../value/index.js';
import { createAjv } from './ajv.js';
import type { Schema, Scope } from './document.js';
import type { GobTypes } from './gob-types.js';
import { rememberOriginal } from './originals.js';
import {
  type AjvSchema,
  constraint,
  MUST_ID,
  mustSchema,
  SHOULD_ID,
  shouldSchema,
} from './validation-schema.js';
import { toViolations, type Violation } from './violations.js';

/** Judges a value; `whole` is what messages call the value itself, such as `the reply`. */
export type Judgement = (value: Value, whole: string) => Violation[];

/**
 * Compiles a contract's schemas for ajv, each at its first use, and judges values by them.
 */
export class Judge {
  readonly #scope: Scope;
  readonly #types: GobTypes;
  #ajv: Ajv2020 | undefined;

  constructor(scope: Scope, types: GobTypes) {
    this.#scope = scope;
    this.#types = types;
  }

  /** What must hold of values of a declared type. */
  must(schema: Schema, type: GobType): Judgement {
    return this.#judgement(() => mustSchema(schema, type));
  }

  /** What must hold of values of a declared type that other schemas constrain. */
  all(
    declaring: Schema,
    type: GobType,
    constraints: readonly Schema[],
  ): { accepts: (value: Value) => boolean; violations: Judgement } {
    const validate = this.#compiled(() => ({
      allOf: [mustSchema(declaring, type), ...constraints.map(constraint)],
    }));
    return {
      accepts: (value) => passes(validate(), value),
      violations: (value, whole) => judge(validate(), value, whole),
    };
  }

  /** The conventions for values of a declared type; `undefined` when there are none. */
  should(schema: Schema): Judgement | undefined {
    const conventions = shouldSchema(this.#scope, schema);
    return conventions === undefined ? undefined : this.#judgement(() => conventions);
  }

  #judgement(schema: () => AjvSchema): Judgement {
    const validate = this.#compiled(schema);
    return (value, whole) => judge(validate(), value, whole);
  }

  #compiled(schema: () => AjvSchema): () => ValidateFunction {
    let validate: ValidateFunction | undefined;
    return () => (validate ??= this.#library().compile(schema()));
  }

  #library(): Ajv2020 {
    if (this.#ajv !== undefined) return this.#ajv;
    const must: Record<string, AjvSchema> = {};
    const should: Record<string, AjvSchema> = {};
    for (const [name, schema] of this.#scope.definitions) {
      must[name] = mustSchema(schema, this.#types.definition(name, ''));
      should[name] = shouldSchema(this.#scope, schema) ?? {};
    }
    const ajv = createAjv();
    ajv.addSchema({ $id: MUST_ID, $defs: must });
    ajv.addSchema({ $id: SHOULD_ID, $defs: should });
    this.#ajv = ajv;
    return ajv;
  }
}

function passes(validate: ValidateFunction, value: Value): boolean {
  const projection = forSchema(value);
  rememberOriginal(projection, value);
  return validate(projection);
}

function judge(validate: ValidateFunction, value: Value, whole: string): Violation[] {
  if (passes(validate, value)) return [];
  // ajv leaves the last errors on the function, for as long as it is not called again.
  const errors: ErrorObject[] = validate.errors ?? [];
  validate.errors = null;
  return toViolations(errors, value, whole);
}
