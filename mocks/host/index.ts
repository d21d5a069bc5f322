export {
  HOST_ERROR,
  INVALID_PARAMS,
  INVALID_REQUEST,
  MAX_LINE_BYTES,
  METHOD_NOT_FOUND,
  PARSE_ERROR,
  type AdapterErrorKind,
  type AdapterErrorObject,
  type AdapterMethod,
  type AdapterMethods,
  type AdapterPlugin,
  type AdapterProblem,
  type AdapterRequest,
  type AdapterResult,
  type AdapterStateChange,
  type RequestId,
} from './adapter/protocol.js';
export { ADAPTER_SCHEMA } from './adapter/schema.js';
export { HostError, type HostErrorCode } from './errors.js';
export type { FolderReport } from './load-folder.js';
export type { HostOptions, RestartPolicy } from './options.js';
export { ReferenceHost, type HostEvents } from './reference-host.js';
export {
  PLUGIN_STATES,
  type CrashReason,
  type PluginInfo,
  type PluginState,
  type StateChange,
} from './state.js';
export { HOST_ZOO, REFERENCE_HOST } from './paths.js';
