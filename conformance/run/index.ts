export { parseKnownFailing, type KnownFailing } from './known-failing.js';
export { allResults, type PlannedCheck } from './plan.js';
export { Quiet } from './quiet.js';
export { runPlugin, type RunPluginOptions } from './run-plugin.js';
export { idleGlobs, type Selection } from './select.js';
export { TOOL } from './tool.js';
