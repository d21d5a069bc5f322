import type { Contract, MethodContract } from '../../harness/contract/index.js';

/** A method of the contract as a target of checks. */
export interface MethodTarget {
  /** Stands in result keys: `GetManifest`, or `plugin.GetManifest` where a contract has several plugins. */
  readonly name: string;
  readonly plugin: string;
  readonly method: MethodContract;
  readonly required: boolean;
}

export function methodTargets(contract: Contract, requireAll: boolean): MethodTarget[] {
  const qualified = contract.plugins.size > 1;
  return [...contract.plugins.values()].flatMap((plugin) =>
    [...plugin.methods.values()].map((method) => ({
      name: qualified ? `${plugin.name}.${method.name}` : method.name,
      plugin: plugin.name,
      method,
      required: requireAll || method.required,
    })),
  );
}
