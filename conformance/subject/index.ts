export type { Arrival, ArrivalStep } from './arrival.js';
export { DEFAULT_BUDGETS, type Budgets } from './budgets.js';
export { PANIC, type Loss } from './loss.js';
export {
  callsOf,
  NO_SUCH_METHOD,
  wrongArguments,
  type MethodObservation,
  type ObservedCall,
} from './method-observation.js';
export { openSession, type CallOutcome, type PluginSession } from './session.js';
export { Subject, type FirstLaunch, type SubjectOptions } from './subject.js';
export { methodTargets, type MethodTarget } from './targets.js';
export type { Farewell } from './farewell.js';
