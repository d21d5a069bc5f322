import { refName, type Schema, type Scope } from './document.js';

/** Which of the possible ways through alternatives and conditions a sample takes. */
export interface Attempt {
  /** The index of the alternative of each anyOf and oneOf, as far as there are so many. */
  readonly alternative: number;
  /** What of a condition is taken for a demand as well. */
  readonly branch: 'none' | 'then' | 'else';
  /** Whether conventions are kept too. */
  readonly conventions: boolean;
}

/** The attempts, the likeliest first. */
export const ATTEMPTS: readonly [Attempt, ...Attempt[]] = [
  { alternative: 0, branch: 'none', conventions: true },
  ...[true, false].flatMap((conventions) =>
    [0, 1, 2, 3].flatMap((alternative) =>
      (['none', 'then', 'else'] as const).map((branch) => ({ alternative, branch, conventions })),
    ),
  ),
];

const CHOICES = ['anyOf', 'oneOf', 'if', 'should'] as const;

export interface Gathered {
  readonly schemas: Schema[];
  /** Whether another attempt may gather others. */
  readonly hasChoice: boolean;
}

/** All the schemas that a value has to satisfy at once, as far as the attempt goes, the declaring ones first. */
export function gather(scope: Scope, schemas: readonly Schema[], attempt: Attempt): Gathered {
  const gathered = new Set<Schema>();
  let hasChoice = false;
  const add = (schema: Schema | undefined): void => {
    if (schema === undefined || gathered.has(schema)) return;
    gathered.add(schema);
    hasChoice ||= CHOICES.some((keyword) => keyword in schema);
    if (schema.$ref !== undefined) add(scope.definitions.get(refName(schema.$ref)));
    for (const part of schema.allOf ?? []) add(part);
    for (const alternatives of [schema.anyOf, schema.oneOf]) {
      add(alternatives?.[Math.min(attempt.alternative, alternatives.length - 1)]);
    }
    if (attempt.branch === 'then') {
      add(schema.if);
      add(schema.then);
    }
    if (attempt.branch === 'else') add(schema.else);
    if (attempt.conventions) add(schema.should);
  };
  for (const schema of schemas) add(schema);
  return { schemas: [...gathered], hasChoice };
}

/** The greatest of the lower limits that the schemas give, or `otherwise` when they give none. */
export function greatest(schemas: readonly Schema[], keyword: LimitKeyword, otherwise: number): number {
  return schemas.reduce((limit, schema) => Math.max(limit, schema[keyword] ?? limit), otherwise);
}

/** The least of the upper limits that the schemas give, or `otherwise` when they give none. */
export function least(schemas: readonly Schema[], keyword: LimitKeyword, otherwise: number): number {
  return schemas.reduce((limit, schema) => Math.min(limit, schema[keyword] ?? limit), otherwise);
}

type LimitKeyword =
  | 'minimum'
  | 'maximum'
  | 'exclusiveMinimum'
  | 'exclusiveMaximum'
  | 'minLength'
  | 'maxLength'
  | 'minItems'
  | 'maxItems'
  | 'minContains'
  | 'minProperties'
  | 'maxProperties';

/** The values that every `enum` and `const` among the schemas allows; `undefined` when there is none of those. */
export function allowed(schemas: readonly Schema[]): unknown[] | undefined {
  let values: unknown[] | undefined;
  for (const schema of schemas) {
    const here = 'const' in schema ? [schema.const] : schema.enum;
    if (here === undefined) continue;
    values = values === undefined ? [...here] : values.filter((value) => here.includes(value));
  }
  return values;
}
