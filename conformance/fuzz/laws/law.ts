import type { Value } from '../../../harness/value/index.js';

/** A call that was answered, as laws see it. */
export interface AnsweredCall {
  readonly method: string;
  readonly args: Value;
  /** The reply as a host of the contract holds it, or the text of the error that came instead. */
  readonly answer: { readonly reply: Value } | { readonly error: string };
  /** Calls with the same number were in flight together: their order is unknown. */
  readonly step: number;
  /** Nothing else was in flight with it. */
  readonly alone: boolean;
}

/** A call to be made. */
export interface NextCall {
  readonly method: string;
  readonly args: Value;
}

/** A property over several methods. A contract names a module that exports `laws`, an array of these. */
export interface Law {
  /** Small letters and hyphens. */
  readonly name: string;
  /** The law, as a sentence about the plugin. */
  readonly title: string;
  /** `should` unless given. */
  readonly level?: 'must' | 'should';
  /**
   * Looks at the last call, and at those that were answered before it on the same process, the first one first.
   * Returns what is wrong in a sentence, or nothing.
   */
  broken(last: AnsweredCall, before: readonly AnsweredCall[]): string | undefined;
  /** Calls that show whether the law held after this one. */
  ask?(last: AnsweredCall): readonly NextCall[];
}
