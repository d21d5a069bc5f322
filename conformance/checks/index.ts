export { CATALOGUE, findCheck } from './catalogue.js';
export { ADAPTER_ONLY, CANARY, HOST_CATALOGUE } from './host/index.js';
export {
  areaOf,
  type Area,
  type Check,
  type CheckOutcome,
  type Evidence,
  type Level,
  type MethodCheck,
  type PluginCheck,
} from './check.js';
