import type { Check, CheckOutcome, MethodCheck, PluginCheck } from '../checks/index.js';
import type { CheckContext } from '../checks/check.js';
import type { MethodTarget } from '../subject/index.js';

const FACTS = {
  title: 'It keeps a promise',
  level: 'must',
  reference: 'a file',
  why: 'a host breaks',
  fix: 'keep it',
} as const;

export const PASSED: CheckOutcome = { outcome: 'passed' };

/** A finding. */
export function finding(details: { message?: string; byTime?: boolean } = {}): CheckOutcome {
  return { outcome: 'failed', message: 'It does not.', expected: 'this', actual: 'that', ...details };
}

/** A check of a catalogue of our own. */
export function pluginCheck(
  id: Check['id'],
  run: (context: CheckContext) => CheckOutcome | Promise<CheckOutcome> = () => PASSED,
  facts: Partial<Pick<PluginCheck, 'needs' | 'level'>> = {},
): PluginCheck {
  return { ...FACTS, needs: [], ...facts, id, target: 'plugin', run: async (context) => run(context) };
}

/** The same for each method. */
export function methodCheck(
  id: Check['id'],
  run: (target: MethodTarget) => CheckOutcome | Promise<CheckOutcome> = () => PASSED,
  facts: Partial<Pick<MethodCheck, 'needs' | 'level'>> = {},
): MethodCheck {
  return { ...FACTS, needs: [], ...facts, id, target: 'method', run: async (_, target) => run(target) };
}
