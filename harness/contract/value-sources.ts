import type { GobType } from '../gob/types.js';
import type { Value, ValueStruct } from '../value/index.js';
import { findAnnotations } from './annotations.js';
import type { Schema, Scope } from './document.js';
import { invalidContract } from './errors.js';
import { KIND_NAMES } from './keywords.js';

/** An argument that takes values which another method's reply names: a device's id, say. */
export interface ValueSource {
  /** Field names from the arguments down. */
  readonly path: readonly string[];
  /** The method whose reply names values. */
  readonly method: string;
  /** Field names from that reply down; `*` steps into a list. */
  readonly from: readonly string[];
}

/** The arguments of a method, and where they stand in the document. */
interface Arguments {
  readonly schema: Schema;
  readonly type: GobType;
  readonly path: string;
}

/** The type that a method replies with, when it is one of the same plugin that is called without arguments. */
export type ReplyOf = (method: string) => GobType | undefined;

/**
 * The arguments of a method that take their values from another one's reply, by the annotation `valuesFrom`.
 *
 * @throws ContractError for one in a list or a map, without a method that can be called without arguments, or whose
 * way leads nowhere in that method's reply
 */
export function valueSourcesOf(scope: Scope, args: Arguments, replyOf: ReplyOf): ValueSource[] {
  return [...findAnnotations(scope, args.schema, args.path, 'valuesFrom')].map(({ at, fields, value }) => {
    const [method = '', ...from] = value.split('/');
    const refuse = (found: string, expected: string): Error =>
      invalidContract(scope.source, { path: at, found, expected });
    if (fields === undefined) throw refuse('"valuesFrom" in a list or a map', '"valuesFrom" in fields only');
    const reply = replyOf(method);
    if (reply === undefined) {
      throw refuse(
        `${JSON.stringify(value)}, and no method ${JSON.stringify(method)} whose "args" are null`,
        'Method/Field/*/Field: a method of the same plugin without arguments, and the way to the values',
      );
    }
    const named = follow(reply, from);
    if (typeof named === 'string') {
      throw refuse(
        `${JSON.stringify(value)}, where ${JSON.stringify(named)} leads nowhere in the reply`,
        'the names of fields, and * for each element of a list',
      );
    }
    const taken = follow(args.type, fields);
    if (typeof taken === 'object' && taken.kind !== named.kind) {
      throw refuse(`${JSON.stringify(value)}, which is ${KIND_NAMES[named.kind]}`, KIND_NAMES[taken.kind]);
    }
    return { path: fields, method, from };
  });
}

/** The type that a way leads to, or the first step that leads nowhere. */
function follow(type: GobType, [step, ...rest]: readonly string[]): GobType | string {
  if (step === undefined) return type;
  let next: GobType | undefined;
  if (step !== '*')
    next = type.kind === 'struct' ? type.fields.find(({ name }) => name === step)?.type : undefined;
  else if (type.kind === 'slice' || type.kind === 'array') next = type.elem;
  return next === undefined ? step : follow(next, rest);
}

/**
 * Refuses the annotation where no argument of a plugin's method is: nobody would look at it there.
 *
 * @throws ContractError
 */
export function refuseValueSources(scope: Scope, schema: Schema, path: string): void {
  for (const { at } of findAnnotations(scope, schema, path, 'valuesFrom')) {
    throw invalidContract(scope.source, {
      path: at,
      found: '"valuesFrom" in a type that a plugin sends',
      expected: "it only in the arguments of a plugin's methods",
    });
  }
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
