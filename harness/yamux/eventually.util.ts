import { expect } from 'vitest';

/** `expect.poll` with time enough for a loaded machine: a right value ends it at once. */
export function eventually<T>(value: () => T): ReturnType<typeof expect.poll<T>> {
  return expect.poll(value, { timeout: 15_000, interval: 2 });
}
