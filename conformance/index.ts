export { CATALOGUE, HOST_CATALOGUE, type Check, type Evidence, type Level } from './checks/index.js';
export {
  readReport,
  ReportError,
  reportToJson,
  reportToText,
  setToText,
  type CheckResult,
  type Counts,
  type Outcome,
  type Report,
  type ReportErrorCode,
  type ReportSet,
  type Style,
  type SubjectFacts,
  type TextOptions,
  type Verdict,
} from './report/index.js';
export {
  checkHost,
  checkPlugin,
  parseKnownFailing,
  replay,
  RunError,
  runPlugin,
  type CheckHostOptions,
  type CheckOptions,
  type Command,
  type KnownFailing,
  type Replay,
  type ReplayOptions,
  type RunErrorCode,
  type RunPluginOptions,
} from './run/index.js';
export {
  CounterexampleError,
  type AnsweredCall,
  type Counterexample,
  type CounterexampleErrorCode,
  type Law,
  type NextCall,
} from './fuzz/index.js';
export { loadContract, ContractError, type Contract } from '../harness/contract/index.js';
export { endEverything, installSignalGuard, type SignalListener } from '../harness/launch/index.js';
export { HarnessError } from '../harness/errors.js';
export { DEFAULT_HOST_BUDGETS, HostRunError, type HostBudgets, type PluginPlace } from './hosts/index.js';
export { DEFAULT_BUDGETS, type Budgets } from './subject/index.js';
