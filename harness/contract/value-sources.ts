import type { Value, ValueStruct } from '../value/index.js';
import { findAnnotations } from './annotations.js';
import type { Schema, Scope } from './document.js';
import { invalidContract } from './errors.js';

/** An argument that takes values which another method's reply names: a device's id, say. */
export interface ValueSource {
  /** Field names from the arguments down. */
  readonly path: readonly string[];
  /** The method whose reply names values. */
  readonly method: string;
  /** Field names from that reply down; `*` steps into a list. */
  readonly from: readonly string[];
}

/**
 * The arguments of a method that take their values from another one's reply, by the annotation `valuesFrom`.
 *
 * @throws ContractError for one in a list or a map, or without a method that can be called without arguments
 */
export function valueSourcesOf(scope: Scope, args: Schema, path: string, callable: ReadonlySet<string>): ValueSource[] {
  return [...findAnnotations(scope, args, path, 'valuesFrom')].map(({ at, fields, value }) => {
    const [method = '', ...from] = value.split('/');
    if (fields === undefined) {
      throw invalidContract(scope.source, {
        path: at,
        found: '"valuesFrom" in a list or a map',
        expected: '"valuesFrom" in fields only',
      });
    }
    if (!callable.has(method)) {
      throw invalidContract(scope.source, {
        path: at,
        found: `${JSON.stringify(value)}, and no method ${JSON.stringify(method)} whose "args" are null`,
        expected: 'Method/Field/*/Field: a method of the same plugin without arguments, and the way to the values',
      });
    }
    return { path: fields, method, from };
  });
}

/** The values that a reply names. */
export function valuesAt(reply: Value, [step, ...rest]: readonly string[]): Value[] {
  if (step === undefined) return [reply];
  if (step === '*') return Array.isArray(reply) ? reply.flatMap((item) => valuesAt(item, rest)) : [];
  if (reply === null || typeof reply !== 'object') return [];
  const field = (reply as ValueStruct)[step];
  return field === undefined ? [] : valuesAt(field, rest);
}

/** A struct with one of its inner fields replaced; the given one stays as it is. */
export function withValue(struct: Value, [field, ...rest]: readonly string[], leaf: Value): Value {
  if (field === undefined) return leaf;
  const fields = struct as ValueStruct;
  return { ...fields, [field]: withValue(fields[field] ?? null, rest, leaf) };
}
