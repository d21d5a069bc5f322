export { runWire, runWireCase, type WireReport } from './campaign.js';
export type { WireFinding } from './pursue.js';
export type { WireFailure, WireOutcome } from './seat.js';
export type { EnvironmentCase, Ending, WireCase, WirePart } from './wire-case.js';
export { DEFAULT_WIRE_OPTIONS, type WireOptions } from './wire-options.js';
export { environmentCases, nearCookies, SINGLE_CASES } from './environment-cases.js';
export { runEnvironmentCase, type EnvironmentOutcome } from './environment-run.js';
export {
  runEnvironments,
  type EnvironmentFinding,
  type EnvironmentJudge,
  type EnvironmentReport,
} from './environments.js';
