import { breachKey, PROMISES, type Breach, type Promised } from '../breach.js';
import type { Resource } from '../endurance.js';
import type { Counterexample } from './counterexample.js';

/** What of a run of the steps is the counterexample’s own failure. */
export type BrokenPromise =
  | { readonly kind: 'breach'; readonly promise: Promised; readonly breach: string }
  | { readonly kind: 'leak'; readonly resource: Resource };

/** Checks that judge by laws. */
const LAWS = ['laws', 'binding-laws'];

const RESOURCES: readonly Resource[] = ['descriptors', 'memory'];

/** The promise that a counterexample of calls is about; `undefined` for one that is not known here. */
export function promiseOf({ key, law }: Pick<Counterexample, 'key' | 'law'>): BrokenPromise | undefined {
  const [, name = '', target = ''] = /^fuzz\/([^@]+)(?:@(.+))?$/s.exec(key) ?? [];
  const resource = RESOURCES.find((each) => each === name);
  if (resource) return { kind: 'leak', resource };
  const isLaw = LAWS.includes(name);
  const promise = isLaw ? 'laws' : PROMISES.find((each) => each === name);
  if (!promise || (isLaw && law === undefined)) return undefined;
  const breach = breachKey({ promise, target, ...(law === undefined ? {} : { law }) });
  return { kind: 'breach', promise, breach };
}

/** The key of the result that a breach is a finding of. */
export function resultKey(
  { promise, target }: Pick<Breach, 'promise' | 'target'>,
  isBinding = false,
): string {
  if (promise === 'laws') return isBinding ? 'fuzz/binding-laws' : 'fuzz/laws';
  return `fuzz/${promise}@${target}`;
}
