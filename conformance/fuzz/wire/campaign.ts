import type { Subject } from '../../subject/index.js';
import { buildCase, type Recipe } from './build-case.js';
import type { Conversation } from './conversation.js';
import type { Layer } from './mutation.js';
import { planCases, sureCases } from './plan.js';
import type { Patience } from './play.js';
import { pursue, type WireFinding } from './pursue.js';
import { Seat, type WireOutcome } from './seat.js';
import type { WireCase } from './wire-case.js';
import { DEFAULT_WIRE_OPTIONS, type WireOptions } from './wire-options.js';

/** What came of all the malformed conversations of a layer. */
export interface WireReport {
  readonly layer: Layer;
  /** How many were had. */
  readonly cases: number;
  readonly ms: number;
  /** The first that the plugin did not withstand. */
  readonly finding: WireFinding | undefined;
}

/** Conversations that go on side by side, beside an honest one and a held one. */
const LANES = 2;

/** How often something that did not come again is passed over. */
const MAX_UNREPEATED = 2;

/**
 * How long the answer to Dispense is waited for, in ms at the least and the most: half as long as a whole honest
 * conversation, which is several answers. Where it comes later, the id that it would have had is taken.
 */
const ANSWER_MS: readonly [least: number, most: number] = [3, 100];

/** How long a sender lingers that does not leave at once, in ms. */
const LINGER_MS = 4;

/**
 * Has malformed conversations with one process of the plugin, and looks again and again whether it lives and serves
 * a new host. The same seed gives the same cases, in the same order; a slow plugin gets fewer of them.
 *
 * @throws HarnessError when the plugin does not have an honest conversation
 */
export async function runWire(
  subject: Subject,
  layer: Layer,
  options: WireOptions = DEFAULT_WIRE_OPTIONS,
): Promise<WireReport> {
  const start = performance.now();
  const opening = await openCampaign(subject);
  const build = (recipe: Recipe): WireCase => buildCase(layer, opening.conversation, recipe);
  const planned = planCases(layer, {
    seed: subject.options.seed,
    rounds: options.rounds,
  });
  const { patience } = opening;
  let seat = opening.seat;
  let cases = 0;
  let unrepeated = 0;
  const report = (finding?: WireFinding): WireReport => ({
    layer,
    cases,
    ms: performance.now() - start,
    finding,
  });
  try {
    const until = performance.now() + options.boxMs;
    const sure = sureCases(layer);
    const isEnough = (): boolean => cases >= planned.length || (cases >= sure && performance.now() > until);
    for (let isLast = false; !isLast;) {
      const batch = planned.slice(cases, cases + options.batch).map(({ recipe }) => build(recipe));
      cases += batch.length;
      await sufferAll(seat, batch, patience);
      isLast = isEnough();
      if (isLast) await seat.linger(subject.budgets.settleMs / 4);
      const outcome = await seat.judge();
      if (outcome.kind === 'held') continue;
      await seat.leave();
      // What ends late may be the doing of a batch before.
      const suspects = planned.slice(Math.max(0, cases - 3 * options.batch), cases);
      const finding = await pursue(subject, suspects, build, patience, options);
      if (finding || ++unrepeated > MAX_UNREPEATED) return report(finding);
      seat = await Seat.take(subject);
    }
    return report();
  } finally {
    await seat.leave();
  }
}

/** Sends one malformed conversation to a fresh process, and says what came of it. */
export async function runWireCase(
  subject: Subject,
  wireCase: WireCase | readonly WireCase[],
  patience: Patience = { answerMs: ANSWER_MS[1], lingerMs: ANSWER_MS[1] },
): Promise<WireOutcome> {
  const seat = await Seat.take(subject);
  try {
    for (const each of [wireCase].flat()) await seat.suffer(each, patience);
    await seat.linger(subject.budgets.settleMs / 4);
    return await seat.judge();
  } finally {
    await seat.leave();
  }
}

interface Opening {
  readonly seat: Seat;
  readonly conversation: Conversation;
  readonly patience: Patience;
}

async function openCampaign(subject: Subject): Promise<Opening> {
  const seat = await Seat.take(subject);
  try {
    const conversation = await seat.record();
    // The second time nothing has to be warmed up.
    const start = performance.now();
    await seat.record();
    const [least, most] = ANSWER_MS;
    const answerMs = Math.min(most, Math.max(least, (performance.now() - start) / 2));
    return { seat, conversation, patience: { answerMs, lingerMs: LINGER_MS } };
  } catch (error) {
    await seat.leave();
    throw error;
  }
}

async function sufferAll(seat: Seat, batch: readonly WireCase[], patience: Patience): Promise<void> {
  const waiting = [...batch];
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await seat.suffer(next, patience);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
