import { CATALOGUE, type Check } from '../checks/index.js';
import type { FaultCell } from '../faults/index.js';
import type { MethodTarget } from '../subject/index.js';
import { selector, type Selection } from './select.js';

/** What a check has one result for each of. */
export type Target = MethodTarget | FaultCell;

/** One result that a run will have. */
export interface PlannedCheck {
  readonly check: Check;
  readonly target: Target | undefined;
  readonly id: string;
  readonly key: string;
  readonly level: Check['level'];
  /** Keys of the results that have to be there first. */
  readonly needs: readonly string[];
}

export interface Plan {
  /** In an order in which needs come first. */
  readonly checks: readonly (PlannedCheck & { readonly selected: boolean })[];
}

/** Every result that a subject can have: a plugin of a contract, with its methods, or a host, with the faults. */
export function allResults(
  targets: readonly Target[],
  catalogue: readonly Check[] = CATALOGUE,
): PlannedCheck[] {
  const byId = new Map(catalogue.map((check) => [check.id as string, check]));
  const keysOf = (id: string, target: Target | undefined): string[] => {
    const need = byId.get(id);
    if (!need) throw new Error(`No check has the id ${id}.`);
    if (!hasTargets(need)) return [id];
    // A method's check needs the same method's results; a check on the whole needs those of all methods.
    return target ? [`${id}@${target.name}`] : targets.map(({ name }) => `${id}@${name}`);
  };
  return catalogue.flatMap((check) =>
    (hasTargets(check) ? targets : [undefined]).map((target) => ({
      check,
      target,
      id: check.id,
      key: target ? `${check.id}@${target.name}` : check.id,
      level: check.level,
      needs: check.needs.flatMap((id) => keysOf(id, target)),
    })),
  );
}

function hasTargets({ target }: Check): boolean {
  return target === 'method' || target === 'fault';
}

/** What is asked for, and what that needs. */
export function planRun(results: readonly PlannedCheck[], selection: Selection): Plan {
  const isSelected = selector(selection);
  const byKey = new Map(results.map((result) => [result.key, result]));
  const planned = new Map<string, PlannedCheck & { selected: boolean }>();
  const add = (result: PlannedCheck, selected: boolean): void => {
    const known = planned.get(result.key);
    if (known) {
      known.selected ||= selected;
      return;
    }
    for (const key of result.needs) {
      const need = byKey.get(key);
      if (need) add(need, isSelected(need));
    }
    planned.set(result.key, { ...result, selected });
  };
  for (const result of results) if (isSelected(result)) add(result, true);
  return { checks: [...planned.values()] };
}
