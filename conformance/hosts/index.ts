export { HostRunError } from './host-run-errors.js';
export type { HostRun, PluginPlace } from './host-run.js';
export { AdapterError } from './adapter-error.js';
export { DEFAULT_HOST_BUDGETS, type HostBudgets } from './budgets.js';
export type { HostAtHome } from './at-home.js';
export { HostSubject, type HostSubjectOptions } from './host-subject.js';
export { placeWatched } from './watched-place.js';
