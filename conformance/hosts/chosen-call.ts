import type { Contract, MethodContract } from '../../harness/contract/index.js';
import { toJson, type JsonValue } from '../../harness/value/index.js';

/** A call that a host can be asked to make again and again. */
export interface ChosenCall {
  readonly method: string;
  readonly args: JsonValue;
}

/** The contract's safest call: one that always answers the same, else one that only reads, else any that may be repeated. */
export function chooseCall(contract: Contract): ChosenCall | undefined {
  const methods = [...contract.plugins.values()]
    .filter(({ transport }) => transport === 'netrpc')
    .flatMap((plugin) => [...plugin.methods.values()])
    .filter(({ once, effects, brokerIds }) => !once && effects !== 'external' && brokerIds.length === 0);
  const wishes: ((method: MethodContract) => boolean)[] = [
    ({ stable, required }) => stable && required,
    ({ stable }) => stable,
    ({ readOnly }) => readOnly,
    () => true,
  ];
  for (const wish of wishes) {
    const method = methods.find(wish);
    if (method) return { method: method.name, args: toJson(method.sampleArgs()) };
  }
  return undefined;
}
