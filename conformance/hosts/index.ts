export { HostRunError, type HostRunErrorCode } from './host-run-errors.js';
export type { HostEnd, HostRun, ObserveHostOptions, PluginPlace } from './host-run.js';
export { observeHost } from './foreign-host.js';
export { AdapterError, type AdapterErrorCode } from './adapter-error.js';
export type { AdapterHost } from './adapter-host.js';
export { DEFAULT_HOST_BUDGETS, type HostBudgets } from './budgets.js';
export { HostSubject, type HostAtHome, type HostSubjectOptions, type Observed } from './host-subject.js';
export type { PluginFolder } from './plugin-folder.js';
