import * as fc from 'fast-check';
import { breachKey, type Breach } from './breach.js';
import type { Call, Step } from './call.js';
import type { Course, Scene } from './commands.js';
import { Life, type LifeOptions } from './life.js';

/** A failing life: what was done, and what it broke. */
export interface Failure {
  readonly breach: Breach;
  readonly steps: readonly Step[];
}

/** What a search is told, and whom it tells. */
export interface SearchOptions {
  readonly life: LifeOptions;
  readonly lives: fc.Arbitrary<Iterable<fc.AsyncCommand<Course, Scene>>>;
  readonly seed: number;
  readonly maxLives: number;
  readonly takesPart: (call: Call) => boolean;
  /** Whether it is worth to end a life for this breach; asked while looking for the first one. */
  readonly isNews: (breach: Breach) => boolean;
  /** Whether to go on looking. */
  readonly goesOn: () => boolean;
  /** Resolves when the next life may begin. */
  readonly ready?: () => Promise<unknown>;
  /** How long a failure may be shrunk, ms. */
  readonly shrinkMs: number;
  /** Shrink what is late by the real limit; otherwise by a much shorter one, in haste. */
  readonly isPatient?: boolean;
  /** fast-check’s way to a value, where only that one is meant. */
  readonly path?: string;
  readonly onLife?: (steps: readonly Step[]) => void;
  /** Told of the first failure, and of each smaller one. */
  readonly onFailure?: (failure: Failure) => void;
}

export interface SearchResult {
  /** How many lives were lived while looking. */
  readonly lives: number;
  /** The first failure, and the smallest. */
  readonly found?: { readonly first: Failure; readonly least: Failure };
  /** `performance.now()` of the first failure. */
  readonly foundAt?: number;
  readonly seed: number;
  /** fast-check’s way to the smallest one. */
  readonly path: string;
}

/** What depends on how calls meet need not happen each time: a candidate is tried so often. */
const TRIES_TOGETHER = 3;

/** A life that broke what it must not. */
class Broken extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.breach.message);
    this.failure = failure;
  }
}

/**
 * Looks for a life that breaks a promise, and shrinks it: each candidate on a process of its own.
 *
 * @throws HarnessError when the plugin cannot be started any more
 */
export async function search(options: SearchOptions): Promise<SearchResult> {
  let first: Failure | undefined;
  let least: Failure | undefined;
  let shrinkUntil = Infinity;
  let lives = 0;
  const goesOn = (): boolean => (first ? performance.now() < shrinkUntil : options.goesOn());

  const live = async (
    scheduler: fc.Scheduler,
    commands: Iterable<fc.AsyncCommand<Course, Scene>>,
  ): Promise<void> => {
    const key = first && breachKey(first.breach);
    const isHasty = first?.breach.promise === 'answers-in-time' && !options.isPatient;
    const life = await Life.begin(isHasty ? hasty(options.life) : options.life);
    const course: Course = {
      takesPart: (call) => options.takesPart(call) && goesOn(),
      onBreaches: (breaches) => {
        const breach = breaches.find((each) =>
          key === undefined ? options.isNews(each) : breachKey(each) === key,
        );
        if (breach) throw new Broken({ breach, steps: life.steps });
      },
    };
    try {
      await fc.asyncModelRun(() => ({ model: course, real: { life, scheduler } }), commands);
    } finally {
      options.onLife?.(life.steps);
      await life.end();
    }
  };

  const property = fc.asyncProperty(fc.scheduler(), options.lives, async (scheduler, commands) => {
    if (!goesOn()) return;
    if (!first) {
      await options.ready?.();
      lives += 1;
    }
    const tries = least && isTogether(least) ? TRIES_TOGETHER : 1;
    for (let time = 0; time < tries; time++) {
      try {
        await live(scheduler, commands);
      } catch (error) {
        if (!(error instanceof Broken)) throw error;
        least = error.failure;
        first ??= least;
        if (shrinkUntil === Infinity) shrinkUntil = performance.now() + options.shrinkMs;
        options.onFailure?.(least);
        throw error;
      }
    }
  });

  const details = await fc.check(property, {
    seed: options.seed,
    numRuns: options.maxLives,
    ...(options.path === undefined ? {} : { path: options.path }),
  });
  const thrown = details.failed ? details.errorInstance : undefined;
  if (thrown !== undefined && !(thrown instanceof Broken)) throw thrown;
  return {
    lives,
    ...(first && least ? { found: { first, least }, foundAt: shrinkUntil - options.shrinkMs } : {}),
    seed: options.seed,
    path: details.counterexamplePath ?? '',
  };
}

function isTogether({ steps }: Failure): boolean {
  return (steps.at(-1)?.calls.length ?? 0) > 1;
}

/** What is late is shrunk with this limit in place of the real one, ms, and looked at again with the real one. */
const HASTY_MS = 500;

/** The same life with little patience. */
export function hasty(life: LifeOptions): LifeOptions {
  return { ...life, timeoutMs: Math.min(HASTY_MS, life.timeoutMs) };
}
