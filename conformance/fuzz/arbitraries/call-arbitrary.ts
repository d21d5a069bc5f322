import * as fc from 'fast-check';
import { type Contract, type MethodContract, valuesAt, withValue } from '../../../harness/contract/index.js';
import type { Value } from '../../../harness/value/index.js';
import type { Call, TakenValue } from '../call.js';
import { argsArbitrary } from './method-arbitrary.js';

/** Which of the values that a method named; taken modulo their number. */
const MAX_INDEX = 1000;

/**
 * Calls of a method. Of four arguments that take their values from another method’s reply, three do: they are listed
 * in `taken`, for {@link withTaken}. Shrinking leads to those that do not.
 *
 * @throws ArbitraryError
 */
export function callArbitrary(
  contract: Contract,
  plugin: string,
  method: MethodContract,
): fc.Arbitrary<Call> {
  const taken = fc.tuple(...method.valueSources.map(({ path }) => takenArbitrary(path)));
  return fc
    .tuple(argsArbitrary(contract, method), taken)
    .map(([args, each]) => ({ plugin, method: method.name, args, taken: each.flatMap((one) => one ?? []) }));
}

function takenArbitrary(path: readonly string[]): fc.Arbitrary<TakenValue | undefined> {
  return fc.option(
    fc.nat(MAX_INDEX).map((index) => ({ path, index })),
    // fast-check gives nil once in `freq` times.
    { nil: undefined, freq: 4 },
  );
}

/**
 * The arguments of a call with what it takes from the plugin’s own replies. `replyOf` gives a method’s
 * reply as it is known at this moment. Where none names a value, or the arguments would not be valid with it,
 * what was generated stays.
 */
export function withTaken(
  method: MethodContract,
  call: Pick<Call, 'args' | 'taken'>,
  replyOf: (sourceMethod: string) => Value | undefined,
): Value {
  let { args } = call;
  for (const { path, index } of call.taken) {
    const source = method.valueSources.find((each) => isSame(each.path, path));
    if (source === undefined) continue;
    const reply = replyOf(source.method);
    const named = reply === undefined ? [] : valuesAt(reply, source.from);
    if (named.length === 0) continue;
    const next = withValue(args, path, named[index % named.length] as Value);
    if (method.violationsOfArgs(next).length === 0) args = next;
  }
  return args;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
