export { BEHAVIOURS, type BehaviourName } from './behaviours.js';
export type { Behaviour, EndReason, WatchedPlugin } from './behaviour.js';
export { WatchedError, type WatchedErrorCode } from './errors.js';
export type { DescriptorKind, WatchedEvent, WatchedEventName, WatchedEventOf, WatchedRun } from './events.js';
export { readRecord } from './read-record.js';
export { writeWatched, type WatchedOptions } from './write-watched.js';
