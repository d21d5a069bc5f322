import { isDeepStrictEqual } from 'node:util';
import type { JsonValue } from '../../harness/value/index.js';

/** The host did something else than was expected. */
export class Deviation extends Error {
  override readonly name = 'Deviation';
  readonly expected: string;
  readonly actual: string;
  /** Something took too long: with nothing else running it may not. */
  readonly byTime: boolean;

  constructor(message: string, expected: string, actual: string, byTime = false) {
    super(message);
    this.expected = expected;
    this.actual = actual;
    this.byTime = byTime;
  }
}

/** What became of a promise in a given time. */
export type Settled<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'error'; readonly error: Error }
  | { readonly kind: 'late' };

/** Waits no longer than `ms`. */
export async function settled<T>(promise: Promise<T>, ms: number): Promise<Settled<T>> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await Promise.race([
      promise.then(
        (value): Settled<T> => ({ kind: 'value', value }),
        (error: Error): Settled<T> => ({ kind: 'error', error }),
      ),
      new Promise<Settled<T>>((resolve) => {
        timer = setTimeout(() => resolve({ kind: 'late' }), ms);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * What a host was asked for, in time and without an error.
 *
 * @param hostHasLimit - a start, which the host gives up by a time limit of its own: then its error is one of time
 * @throws Deviation
 */
export async function answer<T>(
  what: string,
  promise: Promise<T>,
  ms: number,
  hostHasLimit = false,
): Promise<T> {
  const outcome = await settled(promise, ms);
  if (outcome.kind === 'value') return outcome.value;
  const expected = `${what} is answered within ${ms} ms`;
  if (outcome.kind === 'late')
    throw new Deviation(`The host does not answer ${what}.`, expected, 'nothing', true);
  throw new Deviation(`The host cannot do ${what}.`, expected, outcome.error.message, hostHasLimit);
}

export function sameJson(a: JsonValue, b: JsonValue): boolean {
  return isDeepStrictEqual(a, b);
}

export function show(value: JsonValue | undefined): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
