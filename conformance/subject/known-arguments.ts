import { valuesAt, withValue } from '../../harness/contract/index.js';
import type { Value } from '../../harness/value/index.js';
import type { MethodObservation } from './method-observation.js';
import type { MethodTarget } from './targets.js';

/** How many of the plugin's own values are tried. */
const MAX_KNOWN = 8;

/**
 * Arguments with values that the plugin itself names (a device's id, from the list of devices): only with those does
 * many a method do its work. Empty where the contract knows of none, or the plugin names none.
 *
 * @param observe - what another method of the same plugin answered, by its name
 */
export async function knownArguments(
  { method }: MethodTarget,
  observe: (method: string) => Promise<MethodObservation | undefined>,
): Promise<Value[]> {
  if (method.valueSources.length === 0) return [];
  let known: Value[] = [method.sampleArgs()];
  for (const source of method.valueSources) {
    const first = (await observe(source.method))?.first;
    const reply = first?.kind === 'reply' ? first.reply.value : undefined;
    const values = reply === undefined ? [] : valuesAt(reply, source.from).slice(0, MAX_KNOWN);
    known = known.flatMap((args) => values.map((value) => withValue(args, source.path, value)));
  }
  return known.filter((args) => method.violationsOfArgs(args).length === 0).slice(0, MAX_KNOWN);
}
