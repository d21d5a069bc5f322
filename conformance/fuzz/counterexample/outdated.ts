import type { Contract } from '../../../harness/contract/index.js';
import type { MethodTarget, Subject } from '../../subject/index.js';
import type { Step } from '../call.js';
import type { Law } from '../laws/law.js';
import type { Counterexample } from './counterexample.js';

/**
 * Why the calls of a counterexample cannot be made any more: the contract has no such method, does not let it be
 * called again and again, or calls its arguments invalid.
 */
export function whyOutdated(
  subject: Subject,
  steps: readonly Step[],
  laws: readonly Law[],
  { law }: Counterexample,
): string | undefined {
  const { contract } = subject;
  if (law !== undefined && !laws.some(({ name }) => name === law))
    return `The contract ${contract.name} has no law ${JSON.stringify(law)}.`;
  for (const call of steps.flatMap(({ calls }) => calls)) {
    const target = targetOf(subject, call);
    if (!target) return `The contract ${contract.name} has no method ${call.plugin}.${call.method}.`;
    if (!subject.mayRepeat(target)) return `${target.name} ${target.method.once ? ONCE : EXTERNAL}`;
    const [violation] = target.method.violationsOfArgs(call.args);
    if (violation)
      return `The arguments of ${target.name} are not valid by the contract: ${violation.message}`;
  }
  return undefined;
}

const ONCE = 'is called once, straight after the plugin was dispensed, by the contract as it is now.';
const EXTERNAL =
  'has external effects by the contract as it is now; --allow-effects lets it be called all the same.';

export function targetOf(
  { targets }: Pick<Subject, 'targets'>,
  { plugin, method }: { readonly plugin: string; readonly method: string },
): MethodTarget | undefined {
  return targets.find((target) => target.plugin === plugin && target.method.name === method);
}

/** A remark where the contract is another one than the counterexample was found with. */
export function contractNote({ contract }: Counterexample, { name, sha256 }: Contract): string | undefined {
  if (contract.sha256 === null || contract.sha256 === sha256) return undefined;
  return `The contract ${name} is another one than then; the calls are valid by it too.`;
}
