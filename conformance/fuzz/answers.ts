import { equal, type Value } from '../../harness/value/index.js';
import { sameAnswer, type CallOutcome, type MethodTarget } from '../subject/index.js';

/** What a method answered: a reply as a host of the contract holds it, or the text of an error. */
export type Answer = { readonly reply: Value } | { readonly error: string };

/** The answer of a call that got one which a host can decode. */
export function answerOf(outcome: CallOutcome): Answer | undefined {
  if (outcome.kind === 'error') return { error: outcome.text };
  if (outcome.kind !== 'reply' || outcome.reply.value === undefined) return undefined;
  return { reply: outcome.reply.value };
}

export function isSameAnswer(a: Answer, b: Answer, unordered: boolean): boolean {
  if ('error' in a || 'error' in b) return 'error' in a && 'error' in b && a.error === b.error;
  return sameAnswer(a.reply, b.reply, unordered);
}

/** So many different questions are kept of each method, to be compared with later answers. */
const KEPT = 32;

/** The first answers of stable methods, by their arguments. */
export class FirstAnswers {
  readonly #kept = new Map<MethodTarget, { readonly args: Value; readonly answer: Answer }[]>();

  /** The first answer to the same question; keeps this one where there is none. */
  firstOf(target: MethodTarget, args: Value, answer: Answer): Answer {
    const kept = this.#kept.get(target) ?? [];
    this.#kept.set(target, kept);
    const first = kept.find((each) => equal(each.args, args));
    if (first) return first.answer;
    if (kept.length < KEPT) kept.push({ args, answer });
    return answer;
  }
}
