import { refName, type Schema, type Scope } from './document.js';
import { invalidContract } from './errors.js';
import { pointer } from './pointer.js';

/**
 * Refuses a named type that refers to itself without going into a field, an element or a map's value: to judge a
 * value by it would never end.
 *
 * @throws ContractError
 */
export function refuseLoops(scope: Scope): void {
  for (const name of scope.definitions.keys()) {
    if (!leadsTo(scope, name, name, new Set())) continue;
    throw invalidContract(scope.source, {
      path: pointer('/$defs', name),
      found: `the type ${name}, which refers to itself in place`,
      expected: 'a type: recursion has to pass through a field, an element or a value of a map',
    });
  }
}

function leadsTo(scope: Scope, from: string, to: string, seen: Set<string>): boolean {
  if (seen.has(from)) return false;
  seen.add(from);
  const schema = scope.definitions.get(from);
  if (schema === undefined) return false;
  for (const name of referredInPlace(schema)) if (name === to || leadsTo(scope, name, to, seen)) return true;
  return false;
}

function* referredInPlace(schema: Schema): Generator<string> {
  if (schema.$ref !== undefined) yield refName(schema.$ref);
  const { allOf = [], anyOf = [], oneOf = [], not, should } = schema;
  for (const part of [...allOf, ...anyOf, ...oneOf, not, should, schema.if, schema.then, schema.else]) {
    if (part !== undefined) yield* referredInPlace(part);
  }
}
