import { readdirSync } from 'node:fs';
import type { Contract } from '../../harness/contract/index.js';
import { fromJson, toJson } from '../../harness/value/index.js';
import {
  DEFAULT_BUDGETS,
  methodTargets,
  Subject,
  type CallOutcome,
  type PluginSession,
} from '../subject/index.js';
import type { PlantedCall, PlantedStep } from './planted.js';

/** How long one answer may take, ms: long enough for what is not the fault, on a machine that is busy. */
const ANSWER_MS = 5_000;

/** So many descriptors more than before are no accident. */
const MANY_DESCRIPTORS = 10;

/** The ids of the promises that a plugin breaks under these steps, on a process of its own. */
export async function brokenBy(
  program: string,
  contract: Contract,
  steps: readonly PlantedStep[],
): Promise<string[]> {
  const subject = new Subject({
    command: [program],
    contract,
    protocolOnly: false,
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    seed: 1,
    budgets: { ...DEFAULT_BUDGETS, timeoutMs: ANSWER_MS },
  });
  try {
    const session = await subject.freshSession();
    const player = new Player(session, contract);
    const before = descriptorsOf(session);
    for (const step of steps) {
      for (let time = 0; time < (step.times ?? 1); time++) await player.play(step.calls);
    }
    if (session.plugin.process.exited === undefined && descriptorsOf(session) - before >= MANY_DESCRIPTORS)
      player.broken.add('fuzz/descriptors');
    return [...player.broken];
  } finally {
    await subject.endPlugins();
  }
}

class Player {
  readonly broken = new Set<string>();
  readonly #session: PluginSession;
  readonly #contract: Contract;
  /** What a stable method answered when nothing else was asked, by the call. */
  readonly #alone = new Map<string, string>();

  constructor(session: PluginSession, contract: Contract) {
    this.#session = session;
    this.#contract = contract;
  }

  async play(calls: readonly PlantedCall[]): Promise<void> {
    if (calls.length > 1) for (const call of calls) if (this.#isStable(call)) await this.play([call]);
    const outcomes = await Promise.all(calls.map((call) => this.#call(call)));
    for (const [index, outcome] of outcomes.entries())
      this.#judge(calls[index] as PlantedCall, outcome, calls.length > 1);
  }

  #judge(call: PlantedCall, outcome: CallOutcome, inFlight: boolean): void {
    if (outcome.kind === 'timeout') this.broken.add('fuzz/answers-in-time');
    if (outcome.kind === 'lost') {
      const isDead = this.#session.plugin.process.exited !== undefined;
      this.broken.add(isDead ? 'fuzz/process-lives' : 'fuzz/connection-lives');
    }
    if (outcome.kind !== 'reply' || !this.#isStable(call)) return;
    const key = JSON.stringify(call);
    const answer = JSON.stringify(toJson(outcome.reply.value ?? null));
    const before = this.#alone.get(key);
    if (before === undefined) this.#alone.set(key, answer);
    else if (before !== answer) this.broken.add(inFlight ? 'fuzz/own-answers' : 'fuzz/stays-stable');
  }

  #call(call: PlantedCall): Promise<CallOutcome> {
    return this.#session.call(this.#target(call), fromJson(call.args), ANSWER_MS);
  }

  #isStable(call: PlantedCall): boolean {
    return this.#target(call).method.stable;
  }

  #target({ method: name }: PlantedCall): ReturnType<typeof methodTargets>[number] {
    const target = methodTargets(this.#contract, false).find(({ method }) => method.name === name);
    if (target === undefined) throw new Error(`The contract ${this.#contract.name} has no method ${name}.`);
    return target;
  }
}

/** How many files the plugin has open; 0 where there is no /proc. */
function descriptorsOf({ plugin }: PluginSession): number {
  try {
    return readdirSync(`/proc/${plugin.process.pid}/fd`).length;
  } catch {
    return 0;
  }
}
