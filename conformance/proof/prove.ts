import { loadContract } from '../../harness/contract/index.js';
import { findingsOf, type Report } from '../report/index.js';
import { Quiet, runPlugin } from '../run/index.js';
import { DEFAULT_BUDGETS, type Budgets } from '../subject/index.js';
import type { ProofSubject } from './subjects.js';

export interface Proof {
  readonly subject: ProofSubject;
  readonly report: Report;
  /** Findings that should be there and are not. */
  readonly missed: readonly string[];
  /** Findings that should not be there. */
  readonly wrong: readonly string[];
}

/** Judges a subject as a user would, with every check, and compares what is found with what must be. */
export async function prove(
  subject: ProofSubject,
  budgets: Partial<Budgets> = {},
  quiet: Quiet = new Quiet(),
): Promise<Proof> {
  const report = await runPlugin({
    command: subject.command,
    contract: await loadContract(subject.contract),
    protocolOnly: false,
    selection: { only: [], skip: [], level: 'may' },
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    knownFailing: [],
    seed: 1,
    budgets: { ...DEFAULT_BUDGETS, ...budgets, ...subject.budgets },
    reproduceFlags: [],
    quiet,
  });
  const found = findingsOf(report.checks).map(({ key }) => key);
  return {
    subject,
    report,
    missed: subject.findings.filter((key) => !found.includes(key)),
    wrong: found.filter((key) => !subject.findings.includes(key)),
  };
}
