import { HarnessError } from '../../harness/errors.js';
import type { MethodTarget, Subject } from '../subject/index.js';
import { breachKey, isLethal, type Breach } from './breach.js';
import type { Call, Step } from './call.js';
import { lifeArbitrary } from './commands.js';
import { settled, stands, type Finding } from './finding.js';
import type { Law } from './laws/law.js';
import type { LifeOptions } from './life.js';
import { fuzzableMethods } from './methods.js';
import { replaySteps } from './replay-steps.js';
import { search, type Failure, type SearchOptions } from './search.js';

/** What a campaign found, and how far it got. */
export interface Campaign {
  readonly findings: readonly Finding[];
  /** Calls of each target, by its name. */
  readonly calls: ReadonlyMap<string, number>;
  /** Targets that took the process down, and no more part since then. */
  readonly out: ReadonlySet<string>;
  readonly lives: number;
  readonly durationMs: number;
  /** Why it ended before its time: the plugin could not be started any more. */
  readonly stopped: string | undefined;
}

export interface CampaignOptions {
  readonly subject: Subject;
  readonly laws: readonly Law[];
  /** Calls of each method, about. */
  readonly runs: number;
  /** How long to look for failures, ms; shrinking them is not counted. */
  readonly findMs: number;
  /** How long to shrink each of them, ms. */
  readonly shrinkMs: number;
  /** Counterexamples of earlier runs, done first. */
  readonly saved: readonly (readonly Step[])[];
  /** Told of calls that were made. */
  readonly onCalls?: (count: number) => void;
  /** Told of each failure, and of each smaller one in its place: those have the same `id`. */
  readonly onFailure?: (failure: Failure, id: string) => void;
}

/** Calls of a life, on average: what `runs` is divided by. */
const CALLS_OF_A_LIFE = 600;

/** Lives at a time: more of them only slow each other down. */
const LANES = 2;

/** More would be read by nobody. */
const MAX_FINDINGS = 8;

/** Another lane, and another round, is another stretch of random numbers. */
const SEED_STEP = 0x9e3779b1;

/**
 * Looks for input that breaks a promise, in lives over all methods. A method that takes the process down takes no more
 * part when it is found; everything else goes on. Never throws for what the plugin does.
 */
export async function runCampaign(options: CampaignOptions): Promise<Campaign> {
  const start = performance.now();
  const { subject, laws } = options;
  const methods = await fuzzableMethods(subject);
  const life = { subject, laws, methods, timeoutMs: subject.budgets.timeoutMs };
  const run = new Campaigner(options, life);
  let stopped: string | undefined;
  try {
    if (methods.length > 0) await run.all();
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    stopped = error.message;
  }
  const { findings, calls, out, lives } = run;
  return { findings, calls, out, lives, durationMs: performance.now() - start, stopped };
}

class Campaigner {
  readonly findings: Finding[] = [];
  readonly calls = new Map<string, number>();
  readonly out = new Set<string>();
  lives = 0;
  readonly #options: CampaignOptions;
  readonly #life: LifeOptions;
  readonly #targets: ReadonlyMap<string, MethodTarget>;
  /** Breaches that are found, or are being shrunk at the moment. */
  readonly #claimed = new Set<string>();
  /** While another lane shrinks what takes the process down, no life would come far. */
  readonly #shrinking = new Set<Promise<void>>();
  #until = 0;

  constructor(options: CampaignOptions, life: LifeOptions) {
    this.#options = options;
    this.#life = life;
    this.#targets = new Map(life.methods.map((target) => [`${target.plugin}.${target.method.name}`, target]));
  }

  async all(): Promise<void> {
    const { subject, saved, runs, findMs } = this.#options;
    for (const steps of saved) await this.#repeat(steps);
    this.#until = performance.now() + findMs;
    const lanes = subject.contract.exclusive ? 1 : LANES;
    const share = Math.max(1, Math.ceil((runs * this.#life.methods.length) / CALLS_OF_A_LIFE / lanes));
    await Promise.all(Array.from({ length: lanes }, (_, lane) => this.#lane(lane, share)));
  }

  /** A counterexample of an earlier run: if it still fails, it is the finding. */
  async #repeat(steps: readonly Step[]): Promise<void> {
    if (!steps.every(({ calls }) => calls.every((call) => this.#targetOf(call)))) return;
    const failure = await replaySteps(this.#life, steps);
    if (failure && this.#isNews(failure.breach)) this.#keep(await stands(this.#life, failure, undefined));
  }

  async #lane(lane: number, share: number): Promise<void> {
    const { subject, shrinkMs, onCalls, onFailure } = this.#options;
    const lives = lifeArbitrary(subject.contract, this.#life.methods);
    for (let left = share, round = 0; left > 0 && this.#goesOn(); round++) {
      const shrunk = deferred();
      const id = `${lane}.${round}`;
      let claimed: string | undefined;
      const options: SearchOptions = {
        life: this.#life,
        lives,
        seed: (subject.options.seed + SEED_STEP * (lane + LANES * round)) | 0,
        maxLives: left,
        takesPart: (call) => !this.out.has(this.#targetOf(call)?.name ?? ''),
        isNews: (breach) => {
          if (!this.#isNews(breach)) return false;
          claimed = breachKey(breach);
          this.#claimed.add(claimed);
          if (isLethal(breach)) this.#shrinking.add(shrunk.promise);
          return true;
        },
        goesOn: () => this.#goesOn(),
        ready: () => Promise.all(this.#shrinking),
        shrinkMs,
        onLife: (steps) => {
          const made = this.#count(steps);
          onCalls?.(made);
        },
        onFailure: (failure) => {
          onFailure?.(failure, id);
        },
      };
      try {
        const start = performance.now();
        const result = await search(options);
        left -= Math.max(1, result.lives);
        if (!result.found) return;
        const finding = await settled(options, result);
        if (finding) onFailure?.(finding, id);
        this.#keep(finding);
        // What was spent on shrinking is not taken from looking.
        this.#until += performance.now() - (result.foundAt ?? start);
      } finally {
        if (claimed !== undefined) this.#claimed.delete(claimed);
        this.#shrinking.delete(shrunk.promise);
        shrunk.resolve();
      }
    }
  }

  #goesOn(): boolean {
    return performance.now() < this.#until && this.findings.length < MAX_FINDINGS;
  }

  #isNews(breach: Breach): boolean {
    const key = breachKey(breach);
    return (
      !this.#claimed.has(key) &&
      (isLethal(breach) || !this.findings.some((found) => breachKey(found.breach) === key))
    );
  }

  #keep(finding: Finding | undefined): void {
    if (!finding) return;
    this.findings.push(finding);
    if (!isLethal(finding.breach)) return;
    for (const call of finding.steps.at(-1)?.calls ?? []) {
      const target = this.#targetOf(call);
      if (target) this.out.add(target.name);
    }
  }

  #targetOf({ plugin, method }: Call): MethodTarget | undefined {
    return this.#targets.get(`${plugin}.${method}`);
  }

  /** Counts the calls of a life, and gives their number. */
  #count(steps: readonly Step[]): number {
    this.lives += 1;
    let made = 0;
    for (const call of steps.flatMap(({ calls }) => calls)) {
      const name = this.#targetOf(call)?.name ?? call.method;
      this.calls.set(name, (this.calls.get(name) ?? 0) + 1);
      made += 1;
    }
    return made;
  }
}

function deferred(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
