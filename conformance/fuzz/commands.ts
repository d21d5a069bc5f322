import * as fc from 'fast-check';
import type { Contract } from '../../harness/contract/index.js';
import type { MethodTarget } from '../subject/index.js';
import { callArbitrary } from './arbitraries/index.js';
import type { Breach } from './breach.js';
import type { Call } from './call.js';
import type { Life, Turn } from './life.js';

/** What commands are chosen by while a life goes on. */
export interface Course {
  /** Whether a method still takes part. */
  readonly takesPart: (call: Call) => boolean;
  /** Told of all that was broken; throws when the life is to end with it. */
  readonly onBreaches: (breaches: readonly Breach[]) => void;
}

/** The life that commands act on, and who decides on the order of its callers. */
export interface Scene {
  readonly life: Life;
  readonly scheduler: fc.Scheduler;
}

/** Commands of one life at most: half as many on average. */
const MAX_COMMANDS = 300;

/** Calls in flight at a time: what tells a map without a lock from one with it. */
const MAX_TOGETHER = 32;

/** Of so many commands … */
const OF = 10;
/** … this many are calls in flight together. */
const TOGETHER = 2;

/** Callers of one command. */
const CALLERS = 8;

/** Calls that are made together, and then perhaps the laws’ questions. */
class CallsCommand implements fc.AsyncCommand<Course, Scene> {
  readonly #calls: readonly Call[];
  readonly #asks: boolean;

  constructor(calls: readonly Call[], asks: boolean) {
    this.#calls = calls;
    this.#asks = asks;
  }

  check({ takesPart }: Course): boolean {
    return this.#calls.some(takesPart);
  }

  async run({ takesPart, onBreaches }: Course, { life, scheduler }: Scene): Promise<void> {
    const calls = this.#calls.filter(takesPart);
    onBreaches(
      await (calls.length === 1
        ? life.take({ calls })
        : scheduled(scheduler, (turn) => life.take({ calls }, turn))),
    );
    if (!this.#asks) return;
    for (const call of life.questions()) {
      if (takesPart(call) && life.alive) onBreaches(await life.take({ calls: [call] }));
    }
  }

  toString(): string {
    return this.#calls.map(({ method }) => method).join(' | ');
  }
}

/** Lets fast-check’s scheduler choose, each time, which of the callers that wait goes on. */
async function scheduled<T>(scheduler: fc.Scheduler, work: (turn: Turn) => Promise<T>): Promise<T> {
  return scheduler.waitFor(work((label) => scheduler.schedule(Promise.resolve(), label)));
}

/** Lives over all of these methods, each with the same chance. */
export function lifeArbitrary(
  contract: Contract,
  methods: readonly MethodTarget[],
): fc.Arbitrary<Iterable<fc.AsyncCommand<Course, Scene>>> {
  const calls = methods.map(({ plugin, method }) => callArbitrary(contract, plugin, method));
  const anyCall = fc.oneof(...calls);
  const alone = anyCall.map((call) => [call]);
  const withCallers = (call: fc.Arbitrary<Call>): fc.Arbitrary<Call[]> =>
    fc.array(
      fc.tuple(call, fc.nat(CALLERS - 1)).map(([each, caller]) => ({ ...each, caller })),
      { minLength: 2, maxLength: MAX_TOGETHER, size: 'max' },
    );
  const flood = (call: fc.Arbitrary<Call>): fc.Arbitrary<Call[]> =>
    fc.array(call, { minLength: 2, maxLength: MAX_TOGETHER, size: 'max' });
  const step = fc.oneof(
    { weight: OF - TOGETHER, arbitrary: alone },
    { weight: TOGETHER / 2, arbitrary: fc.oneof(withCallers(anyCall), flood(anyCall)) },
    { weight: TOGETHER / 2, arbitrary: fc.oneof(...calls.map(flood)) },
  );
  const command = fc.tuple(step, fc.boolean()).map(([each, asks]) => new CallsCommand(each, asks));
  return fc.commands([command], { maxCommands: MAX_COMMANDS, size: 'max', disableReplayLog: true });
}
