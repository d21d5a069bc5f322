import type { Contract } from '../../../../harness/contract/index.js';
import { fromJson } from '../../../../harness/value/index.js';
import type { Counterexample } from '../counterexample.js';
import { CounterexampleError } from '../errors.js';
import { promiseOf } from '../key.js';
import type { GoCall } from './calls.js';
import { goLiteral, type LiteralContext } from './go-literal.js';

/** What of the answers is compared, beside that there are answers. */
export interface Comparing {
  /** Calls of the same question have to be answered alike. */
  readonly questions: boolean;
  /** The last step is asked again, call by call. */
  readonly alone: boolean;
  /** Open files are counted before and after. */
  readonly descriptors: boolean;
  /** A reply that must not come again: of which method, and its literal. */
  readonly bad: { readonly method: string; readonly literal: string; readonly type: string } | undefined;
  /** What a reader has to look at, where nothing can be compared. */
  readonly remark: string | undefined;
}

/** Decides by the promise that is broken what a test in Go can see of it. */
export function comparingOf(
  document: Counterexample,
  contract: Contract,
  calls: readonly (readonly GoCall[])[],
  context: LiteralContext,
): Comparing {
  const nothing = { questions: false, alone: false, descriptors: false, bad: undefined, remark: undefined };
  const promise = promiseOf(document);
  if (promise?.kind === 'leak' && promise.resource === 'descriptors')
    return { ...nothing, descriptors: true };
  if (promise?.kind !== 'breach')
    return { ...nothing, remark: 'Look at what the process takes of the machine.' };
  switch (promise.promise) {
    case 'stays-stable': {
      const questions = calls.flat().some(({ question }) => question > 0);
      return { ...nothing, questions, remark: questions ? undefined : UNORDERED };
    }
    case 'own-answers':
      return { ...nothing, alone: true };
    case 'replies':
    case 'laws': {
      const bad = badReply(document, contract, calls, context);
      return { ...nothing, bad, remark: bad ? undefined : `Look at the answers: ${document.message}` };
    }
    default:
      return nothing;
  }
}

const UNORDERED = 'Look at the answers: the order of their lists means nothing, and is not compared.';

function badReply(
  { key, reply }: Counterexample,
  contract: Contract,
  calls: readonly (readonly GoCall[])[],
  context: LiteralContext,
): Comparing['bad'] {
  if (reply === undefined) return undefined;
  const target = /@(?:.*\.)?([^.]+)$/s.exec(key)?.[1];
  const { call, method } =
    calls.flat().findLast((each) => target === undefined || each.call.method === target) ?? {};
  if (!call || !method || !contract.plugins.has(call.plugin)) return undefined;
  const hint = `${call.method}Reply`;
  const literal = literalOrNone(() => goLiteral(fromJson(reply), method.reply, hint, context));
  if (literal === undefined) return undefined;
  return { method: call.method, literal, type: context.types.text(method.reply, hint) };
}

/** A reply of another type than the contract’s has no literal, and does not arrive in Go either. */
function literalOrNone(write: () => string): string | undefined {
  try {
    return write();
  } catch (error) {
    if (error instanceof CounterexampleError) return undefined;
    throw error;
  }
}
