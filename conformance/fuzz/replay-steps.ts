import { breachKey } from './breach.js';
import type { Step } from './call.js';
import { Life, type LifeOptions } from './life.js';
import type { Failure } from './search.js';

/** How often steps broke a promise, of so many times. */
export interface Rate {
  readonly failed: number;
  readonly of: number;
}

/**
 * Does steps on a fresh process, just as they stand. Resolves with what was broken, the breach of that key or with none
 * given the first one, and with the steps up to it as they were done.
 *
 * @throws HarnessError when the plugin cannot be started
 */
export async function replaySteps(
  options: LifeOptions,
  steps: readonly Step[],
  key?: string,
): Promise<Failure | undefined> {
  const life = await Life.begin(options);
  try {
    for (const step of steps) {
      if (!life.alive) return undefined;
      const breaches = await life.take(step);
      const wanted = breaches.find((breach) => key === undefined || breachKey(breach) === key);
      if (wanted) return { breach: wanted, steps: life.steps };
    }
    return undefined;
  } finally {
    await life.end();
  }
}
