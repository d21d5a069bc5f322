export { RelayError, type RelayErrorCode } from './errors.js';
export type { RelayFault, RelayHold, RelayPlan } from './plan.js';
export { Relay, type RelayOptions } from './relay.js';
export type { RelayRun } from './relay-run.js';
