export { serveIglu, type IgluMock } from './iglu.js';
export { mockOptions, serveMock, type MockHandlers, type ServerClass } from './mock-plugin.js';
export { DEMO_PLUGIN, ZOO } from './paths.js';
export {
  BEHAVIOURS,
  readRecord,
  WatchedError,
  writeWatched,
  type Behaviour,
  type BehaviourName,
  type DescriptorKind,
  type EndReason,
  type WatchedErrorCode,
  type WatchedEvent,
  type WatchedEventName,
  type WatchedEventOf,
  type WatchedOptions,
  type WatchedPlugin,
  type WatchedRun,
} from './watched/index.js';
