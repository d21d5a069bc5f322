import type { ErrorObject } from 'ajv/dist/2020.js';
import { didYouMean } from './did-you-mean.js';
import type { Mistake } from './errors.js';
import { UNSUPPORTED } from './keywords.js';
import { pointer } from './pointer.js';

/** How much of a value in a contract a message shows, in UTF-16 units. */
const SHOWN = 60;
/** Longer lists of keys are not told. */
const MAX_KEYS = 20;

/** What one of ajv's errors about a contract's form means to its author. */
export function toMistake(error: ErrorObject): Mistake {
  const { instancePath, keyword, params, parentSchema = {} } = error;
  const data = error.propertyName ?? error.data;
  const path = error.propertyName === undefined ? instancePath : pointer(instancePath, error.propertyName);
  switch (keyword) {
    case 'additionalProperties':
      return unknownKey(params['additionalProperty'] as string, instancePath, parentSchema);
    case 'required': {
      const missing = params['missingProperty'] as string;
      return {
        path: pointer(instancePath, missing),
        found: 'nothing',
        expected: `the key "${missing}", which is required`,
      };
    }
    case 'uniqueItems': {
      const { i, j } = params as { i: number; j: number };
      const [earlier, later] = [Math.min(i, j), Math.max(i, j)];
      const repeated = (data as unknown[])[later];
      return {
        path: pointer(path, later),
        found: `${describe(repeated)}, which is at ${pointer(path, earlier)} already`,
        expected: 'no duplicates',
      };
    }
    case 'enum':
      return {
        path,
        found: describe(data),
        expected: `one of ${(error.schema as unknown[]).map((value) => JSON.stringify(value)).join(', ')}`,
        hint: enumHint(path, data, error.schema as string[]),
      };
    default:
      return { path, found: describe(data), expected: expectation(error) };
  }
}

function unknownKey(key: string, parent: string, { properties = {} }: Record<string, unknown>): Mistake {
  const keys = Object.keys(properties as object);
  const path = pointer(parent, key);
  const isSchema = keys.includes('$ref');
  const instead = isSchema ? UNSUPPORTED.get(key) : undefined;
  if (instead !== undefined) {
    return {
      path,
      found: `the JSON Schema keyword ${JSON.stringify(key)}, which contracts do not have`,
      expected: 'a keyword that says something about a Go type',
      hint: instead,
    };
  }
  const expected =
    keys.length > MAX_KEYS
      ? 'a keyword of contracts (docs/contract.md has them all)'
      : `one of ${keys.map((known) => JSON.stringify(known)).join(', ')}`;
  return { path, found: `the unknown key ${JSON.stringify(key)}`, expected, hint: didYouMean(key, keys) };
}

function enumHint(path: string, data: unknown, names: readonly string[]): string | undefined {
  if (typeof data === 'string') return didYouMean(data, names);
  return path.endsWith('/type') && Array.isArray(data) ? 'Go has no union types.' : undefined;
}

const TYPE_NAMES: Readonly<Record<string, string>> = {
  object: 'an object',
  array: 'a list',
  string: 'a string',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  null: 'null',
};

function expectation({ keyword, schema, parentSchema = {} }: ErrorObject): string {
  const meaning = (parentSchema as { $comment?: unknown }).$comment;
  const limit = String(schema);
  switch (keyword) {
    case 'type':
      return [schema]
        .flat()
        .map((name) => TYPE_NAMES[String(name)])
        .join(' or ');
    case 'const':
      return JSON.stringify(schema);
    case 'minimum':
      return `a number of at least ${limit}`;
    case 'maximum':
      return `a number of at most ${limit}`;
    case 'exclusiveMinimum':
      return `a number greater than ${limit}`;
    default:
      return typeof meaning === 'string' ? meaning : 'a text that is not empty';
  }
}

function describe(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return 'an empty list';
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return Object.keys(value).length === 0 ? 'an empty object' : 'an object';
  }
  const text = JSON.stringify(value) ?? String(value);
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
