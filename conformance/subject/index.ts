export type { ArrivalStep } from './arrival.js';
export { DEFAULT_BUDGETS, type Budgets } from './budgets.js';
export type { Farewell } from './farewell.js';
export { PANIC } from './loss.js';
export { callsOf, NO_SUCH_METHOD, wrongArguments, type MethodObservation } from './method-observation.js';
export type { RepeatableCall } from './repeatable-call.js';
export type { CallOutcome, PluginSession } from './session.js';
export { Subject } from './subject.js';
export { methodTargets, type MethodTarget } from './targets.js';
