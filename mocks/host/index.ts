export { HostError, type HostErrorCode } from './errors.js';
export type { FolderReport } from './load-folder.js';
export type { HostOptions } from './options.js';
export { ReferenceHost, type HostEvents } from './reference-host.js';
export {
  PLUGIN_STATES,
  type CrashReason,
  type PluginInfo,
  type PluginState,
  type StateChange,
} from './state.js';
