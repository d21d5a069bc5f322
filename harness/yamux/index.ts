export {
  FLAG,
  FRAME_TYPE,
  GO_AWAY,
  GO_KEEP_ALIVE_MS,
  GO_WRITE_TIMEOUT_MS,
  HEADER_BYTES,
  INITIAL_WINDOW,
  VERSION,
  type FrameType,
} from './constants.js';
export { FrameDecoder } from './decode.js';
export { encodeHeader } from './encode.js';
export { YamuxError, type YamuxErrorCode } from './errors.js';
export { describeFrame, type FrameHeader, type FrameSink } from './frame.js';
export { DEFAULT_LIMITS, type YamuxLimits } from './limits.js';
export { YamuxSession } from './session.js';
export type { SessionEnd, YamuxSessionEvents, YamuxSessionOptions } from './session-options.js';
export { YamuxStream } from './stream.js';
