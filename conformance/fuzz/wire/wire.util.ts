import { loadContract } from '../../../harness/contract/index.js';
import { DEFAULT_BUDGETS, Subject } from '../../subject/index.js';

/** A subject as a run has it. End its plugins when the test is over. */
export async function subjectOf(
  command: readonly [string, ...string[]],
  contract = 'iglu',
  seed = 1,
): Promise<Subject> {
  return new Subject({
    command,
    contract: await loadContract(contract),
    protocolOnly: false,
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    seed,
    budgets: DEFAULT_BUDGETS,
  });
}
