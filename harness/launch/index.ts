export { LaunchError, type LaunchErrorCode } from './errors.js';
export type {
  ExecutableFormat,
  ExecutableInspection,
  RunnableExecutable,
  UnusableExecutable,
  UnusableReason,
} from './executable.js';
export type { LeftFile } from './files-left.js';
export type { ProcessFolders } from './folders.js';
export { inspectExecutable } from './inspect.js';
export { launchProcess, type LaunchOptions } from './launch.js';
export type { EndReport, ExitStatus, LaunchedProcess } from './launched-process.js';
export { endEverything, endEverythingNow } from './live.js';
export type { ProcessInfo } from './end-tree.js';
export type { ChunkListener, KeptBytes, OutputCapture } from './output.js';
export { capabilities, type LaunchCapabilities } from './process-table.js';
export type { FoundBy } from './process-tree.js';
export { installSignalGuard, type SignalListener } from './signal-guard.js';
export type { ProcessUsage } from './usage.js';
