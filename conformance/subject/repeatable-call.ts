import { isDeepStrictEqual } from 'node:util';
import { toJson, type Value } from '../../harness/value/index.js';
import { inOrder } from '../faults/index.js';
import { callsOf } from './method-observation.js';
import type { PluginSession } from './session.js';
import type { Subject } from './subject.js';
import type { MethodTarget } from './targets.js';

/** A call that the plugin answers, and that may be made again and again. */
export interface RepeatableCall {
  readonly target: MethodTarget;
  readonly args: Value;
  /** Asked twice, it gave the same answer. */
  readonly isSteady: boolean;
  /** How long one takes when nothing else is asked, in ms. */
  readonly ms: number;
}

/** The safest first: what has to be there and always answers the same, then what only reads, then whatever there is. */
const WISHES: readonly ((method: MethodTarget['method']) => boolean)[] = [
  ({ stable, required, unordered }) => stable && required && !unordered,
  ({ stable, unordered }) => stable && !unordered,
  ({ readOnly }) => readOnly,
  () => true,
];

/** The first one by {@link WISHES} whose answer stays the same, else the first one; `undefined` when there is none. */
export async function findRepeatableCall(subject: Subject): Promise<RepeatableCall | undefined> {
  const candidates = new Set(
    WISHES.flatMap((wish) => subject.targets.filter(({ method }) => wish(method))).filter(
      (target) =>
        subject.mayRepeat(target) &&
        target.method.effects !== 'external' &&
        target.method.brokerIds.length === 0,
    ),
  );
  let first: RepeatableCall | undefined;
  for (const target of candidates) {
    const known = callsOf(await subject.observe(target, 0)).find(({ kind }) => kind === 'reply');
    const call =
      known &&
      (await subject.withSession((session) =>
        askTwice(session, target, known.args, subject.budgets.timeoutMs),
      ));
    if (call?.isSteady) return call;
    first ??= call;
  }
  return first;
}

async function askTwice(
  session: PluginSession,
  target: MethodTarget,
  args: Value,
  timeoutMs: number,
): Promise<RepeatableCall | undefined> {
  const once = await session.call(target, args, timeoutMs);
  const start = performance.now();
  const twice = await session.call(target, args, timeoutMs);
  const ms = performance.now() - start;
  if (once.kind !== 'reply' || twice.kind !== 'reply') return undefined;
  if (once.reply.value === undefined || twice.reply.value === undefined) return undefined;
  const [before, after] = [inOrder(toJson(once.reply.value)), inOrder(toJson(twice.reply.value))];
  return {
    target,
    args,
    isSteady: !target.method.unordered && isDeepStrictEqual(before, after),
    ms,
  };
}
