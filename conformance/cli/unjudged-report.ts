import type { Report } from '../report/index.js';
import { bareFacts, beginReport, type SharedOptions } from '../run/index.js';
import type { RunFlags } from './run-flags.js';
import type { NamedSubject } from './subjects.js';

/**
 * The report of a subject that was named, and on which no check was made.
 *
 * @param options - what the flags came to, where they came to anything
 */
export function unjudgedReport(
  { command }: NamedSubject,
  flags: RunFlags,
  problem: string,
  options?: SharedOptions,
): Report {
  const { contract = 'iglu', only = [], skip = [], level = 'may', seed = 0 } = flags;
  const draft = beginReport({
    contract: options?.contract ?? { name: contract, sha256: null },
    seed: options?.seed ?? seed,
    selection: { only, skip, level },
    knownFailing: options?.knownFailing ?? [],
  });
  return draft.unjudged(bareFacts(command, null), [], problem);
}
