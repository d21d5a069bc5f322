import { usageOf } from '../../../harness/launch/usage.js';
import type { MethodTarget, Subject } from '../../subject/index.js';
import { breachKey, type Breach } from '../breach.js';
import type { Step } from '../call.js';
import { stillLeaks, type Resource } from '../endurance.js';
import { loadLaws } from '../laws/load.js';
import { Life, type LifeOptions } from '../life.js';
import { fuzzableMethods } from '../methods.js';
import { replaySteps } from '../replay-steps.js';
import type { Counterexample, StepDocument } from './counterexample.js';
import { promiseOf, resultKey } from './key.js';
import { contractNote, targetOf, whyOutdated } from './outdated.js';
import type { Attempt, Refusal, SeenFailure, Try } from './replay.js';
import { stepsOf } from './steps.js';

/** Steps on fresh processes of the plugin; refused when the contract does not let them be done. */
export async function replayCalls(
  subject: Subject,
  document: Counterexample,
  documents: readonly StepDocument[],
): Promise<{ readonly attempt: Attempt; readonly notes: readonly string[] } | Refusal> {
  const promise = promiseOf(document);
  if (!promise) return { verdict: 'unjudged', why: `Nobody here knows how to judge ${document.key}.` };
  if (promise.kind === 'leak' && !usageOf([process.pid]))
    return { verdict: 'unjudged', why: 'This system does not tell what a process takes.' };
  const steps = stepsOf(documents);
  const laws = await loadLaws(subject.contract);
  const why = whyOutdated(subject, steps, laws, document);
  if (why !== undefined) return { verdict: 'outdated', why };
  let life: Promise<LifeOptions> | undefined;
  const attempt: Attempt = async () => {
    life ??= methodsOf(subject, steps).then((methods) => ({
      subject,
      laws,
      methods,
      timeoutMs: subject.budgets.timeoutMs,
    }));
    return promise.kind === 'leak'
      ? tryLeak(await life, steps, promise.resource, document)
      : trySteps(await life, steps, promise.breach, document.key);
  };
  const note = contractNote(document, subject.contract);
  return { attempt, notes: note === undefined ? [] : [note] };
}

/** Those that answer when they are called fairly, as when it was found, and those of the steps whether or not. */
async function methodsOf(subject: Subject, steps: readonly Step[]): Promise<MethodTarget[]> {
  const used = steps.flatMap(({ calls }) => calls).flatMap((call) => targetOf(subject, call) ?? []);
  return [...new Set([...(await fuzzableMethods(subject)), ...used])];
}

/** Does the steps once, to the end unless their own promise is broken before. */
async function trySteps(
  options: LifeOptions,
  steps: readonly Step[],
  wanted: string,
  key: string,
): Promise<Try> {
  const life = await Life.begin(options);
  let other: Breach | undefined;
  try {
    for (const step of steps) {
      if (!life.alive) break;
      for (const breach of await life.take(step)) {
        if (breachKey(breach) === wanted) return { same: { ...seenOf(breach), key } };
        other ??= breach;
      }
    }
  } finally {
    await life.end();
  }
  if (!other) return {};
  // A machine that is busy makes an answer late; that is believed when it comes again.
  if (other.promise === 'answers-in-time' && !(await replaySteps(options, steps, breachKey(other))))
    return {};
  const isBinding = options.laws.some(({ name, level }) => name === other.law && level === 'must');
  return { other: { ...seenOf(other), key: resultKey(other, isBinding) } };
}

function seenOf({ message, expected, actual, reply, plugin }: Breach): SeenFailure {
  return { message, expected, actual, plugin, ...(reply === undefined ? {} : { reply }) };
}

async function tryLeak(
  options: LifeOptions,
  steps: readonly Step[],
  resource: Resource,
  { key, expected, message }: Counterexample,
): Promise<Try> {
  const seen = await stillLeaks(options, steps, resource);
  if (!seen) return {};
  return {
    same: { key, expected, message, actual: `${resource} at one look after the other: ${seen.join(', ')}` },
  };
}
