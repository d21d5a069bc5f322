export type { Promised } from './breach.js';
export type { Campaign } from './campaign.js';
export {
  CounterexampleError,
  type CounterexampleErrorCode,
  readCounterexamples,
  replayCounterexample,
  writeCounterexample,
  type Counterexample,
} from './counterexample/index.js';
export type { Leak, Resource } from './endurance.js';
export type { Finding } from './finding.js';
export { Fuzz, type FuzzOptions } from './fuzz.js';
export type { AnsweredCall, Law, NextCall } from './laws/law.js';
