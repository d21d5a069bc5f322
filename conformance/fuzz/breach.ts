import type { LaunchedPlugin } from '../../harness/client/index.js';
import type { JsonValue } from '../../harness/value/index.js';

/** What is promised for any valid input, the worst to lose first. */
export const PROMISES = [
  'process-lives',
  'connection-lives',
  'answers-in-time',
  'replies',
  'stays-stable',
  'own-answers',
  'laws',
] as const;

export type Promised = (typeof PROMISES)[number];

/** A promise that was broken, and how that was seen. */
export interface Breach {
  readonly promise: Promised;
  /** The target of the call that showed it. */
  readonly target: string;
  /** The name of the law, where it is one. */
  readonly law?: string;
  /** The likely cause, in a sentence. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly reply?: JsonValue;
  /** Its process, as it was then. */
  readonly plugin: LaunchedPlugin;
}

/** Whether nothing can be asked of that process any more. */
export function isLethal({ promise }: Pick<Breach, 'promise'>): boolean {
  return promise === 'process-lives' || promise === 'connection-lives' || promise === 'answers-in-time';
}

/**
 * What makes two breaches the same one. Which call of many takes a process down, or waits for it, is only known when
 * all others are taken away.
 */
export function breachKey({ promise, target, law }: Pick<Breach, 'promise' | 'target' | 'law'>): string {
  return isLethal({ promise }) ? promise : `${promise}@${law ?? target}`;
}
