import type { Subject } from '../../subject/index.js';
import { runEnvironmentCase, runWireCase, type EnvironmentJudge } from '../wire/index.js';
import type { Counterexample, WireCaseDocument, What } from './counterexample.js';
import type { Attempt } from './replay.js';
import { wireCasesOf } from './wire-cases.js';

/** Malformed conversations with a fresh process of the plugin. */
export function replayWire(
  subject: Subject,
  { key, expected }: Counterexample,
  documents: readonly WireCaseDocument[],
): Attempt {
  const cases = wireCasesOf(documents);
  return async () => {
    const outcome = await runWireCase(subject, cases);
    if (outcome.kind === 'held') return {};
    return { same: { key, expected, message: outcome.text, actual: outcome.text } };
  };
}

/** A launch with a mutated handshake environment. */
export function replayEnvironment(
  subject: Subject,
  { key, expected }: Counterexample,
  { mutations, env }: Extract<What, { kind: 'environment' }>,
  judges: ReadonlyMap<string, EnvironmentJudge> | undefined,
): Attempt {
  const judge =
    judges?.get(key.split('@', 1)[0] ?? key) ??
    ((outcome) => (outcome.kind === 'failed' ? outcome.text : undefined));
  return async () => {
    const wrong = judge(await runEnvironmentCase(subject, { kind: 'environment', mutations, env }));
    return wrong === undefined ? {} : { same: { key, expected, message: wrong, actual: wrong } };
  };
}
