export { runWire, runWireCase } from './campaign.js';
export type { WireFinding } from './pursue.js';
export type { Ending, WireCase } from './wire-case.js';
export { DEFAULT_WIRE_OPTIONS } from './wire-options.js';
export { environmentCases, nearCookies, SINGLE_CASES } from './environment-cases.js';
export { runEnvironmentCase } from './environment-run.js';
export {
  runEnvironments,
  type EnvironmentFinding,
  type EnvironmentJudge,
  type EnvironmentReport,
} from './environments.js';
