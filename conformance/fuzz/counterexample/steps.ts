import { fromJson, toJson } from '../../../harness/value/index.js';
import type { Call, Step } from '../call.js';
import type { CallDocument, StepDocument } from './counterexample.js';

/** Steps as they stand in a file. */
export function stepsToDocument(steps: readonly Step[]): StepDocument[] {
  return steps.map(({ calls, times }) => ({
    calls: calls.map(callToDocument),
    ...(times === undefined || times === 1 ? {} : { times }),
  }));
}

/** Steps of a file, to be done. @throws ValueError when arguments are no tagged JSON */
export function stepsOf(steps: readonly StepDocument[]): Step[] {
  return steps.map(({ calls, times }) => ({
    calls: calls.map(callOf),
    ...(times === undefined ? {} : { times }),
  }));
}

function callToDocument({ plugin, method, args, taken, caller }: Call): CallDocument {
  return {
    plugin,
    method,
    args: toJson(args),
    ...(taken.length === 0 ? {} : { taken }),
    ...(caller === undefined ? {} : { caller }),
  };
}

function callOf({ plugin, method, args, taken = [], caller }: CallDocument): Call {
  return { plugin, method, args: fromJson(args), taken, ...(caller === undefined ? {} : { caller }) };
}
