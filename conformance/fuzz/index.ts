export { breachKey, type Breach, type Promised } from './breach.js';
export type { Call, Step, TakenValue } from './call.js';
export type { Campaign } from './campaign.js';
export {
  counterexampleName,
  readCounterexamples,
  replayCounterexample,
  writeCounterexample,
  type Counterexample,
} from './counterexample/index.js';
export type { Endurance, Leak, Resource } from './endurance.js';
export type { Finding } from './finding.js';
export { Fuzz, type FuzzOptions } from './fuzz.js';
export type { AnsweredCall, Law, NextCall } from './laws/law.js';
