export { HostRunError } from './host-run-errors.js';
export type { HostRun, PluginPlace } from './host-run.js';
export { AdapterError } from './adapter-error.js';
export { DEFAULT_HOST_BUDGETS, type HostBudgets } from './budgets.js';
export { HostSubject, type HostAtHome, type HostSubjectOptions } from './host-subject.js';
