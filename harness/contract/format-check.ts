import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import formatSchema from './contract.schema.json' with { type: 'json' };
import type { ContractDocument } from './document.js';
import { invalidContract, type Mistake } from './errors.js';
import { toMistake } from './format-mistake.js';
import { loadAjv } from './lazy.js';
import { segmentsOf } from './pointer.js';
import { NO_CONTRACT } from './protocol-only.js';

/** How deeply a contract may be nested. The functions that read it recurse. */
const MAX_NESTING = 200;

let validator: ValidateFunction<ContractDocument> | undefined;

/**
 * The document, when it is of the form that `contract.schema.json` describes. What a JSON Schema cannot tell is
 * checked by others.
 *
 * @throws ContractError with the one mistake that says most
 */
export function checkFormat(json: unknown, source: string): ContractDocument {
  if (isDeeperThan(json, MAX_NESTING)) {
    throw invalidContract(source, {
      path: '',
      found: `a document nested deeper than ${MAX_NESTING} levels`,
      expected: 'less: name the inner types in "$defs"',
    });
  }
  validator ??= compile();
  if (!validator(json)) throw invalidContract(source, best(validator.errors ?? [], json));
  if (json.name !== NO_CONTRACT) return json;
  throw invalidContract(source, {
    path: '/name',
    found: `"${NO_CONTRACT}"`,
    expected: 'another name: this one stands for having no contract',
  });
}

function compile(): ValidateFunction<ContractDocument> {
  const { Ajv2020 } = loadAjv();
  const ajv = new Ajv2020({
    allErrors: true,
    verbose: true,
    strict: false,
    meta: false,
    validateSchema: false,
    logger: false,
  });
  return ajv.compile<ContractDocument>(formatSchema);
}

/**
 * The mistake to tell: a misspelt key before the key that is missing for it, a wrong value before a strange key, and
 * among equals the one that comes first in the document.
 */
function best(errors: readonly ErrorObject[], json: unknown): Mistake {
  const mistakes = errors
    .filter((error) => error.keyword !== 'propertyNames')
    .map((error) => ({ mistake: toMistake(error), rank: rankOf(error) }));
  mistakes.sort(
    (a, b) =>
      Number(a.mistake.hint === undefined) * a.rank - Number(b.mistake.hint === undefined) * b.rank ||
      comparePlaces(json, a.mistake.path, b.mistake.path),
  );
  return mistakes[0]?.mistake ?? { path: '', found: 'something else', expected: 'a contract' };
}

function rankOf(error: ErrorObject): number {
  if (error.keyword === 'required') return 3;
  return error.keyword === 'additionalProperties' ? 2 : 1;
}

/** Compares two places by their order in the document, what is missing last. */
function comparePlaces(json: unknown, left: string, right: string): number {
  const [a, b] = [positions(json, left), positions(json, right)];
  for (let index = 0; index < Math.min(a.length, b.length); index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function positions(json: unknown, path: string): number[] {
  let at = json;
  return segmentsOf(path).map((segment) => {
    if (typeof at !== 'object' || at === null) return Number.MAX_SAFE_INTEGER;
    const position = Object.keys(at).indexOf(segment);
    at = (at as Record<string, unknown>)[segment];
    return position === -1 ? Number.MAX_SAFE_INTEGER : position;
  });
}

function isDeeperThan(json: unknown, limit: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; depth <= limit; depth++) {
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
