import { HarnessError } from '../errors.js';

export type YamuxErrorCode =
  // The peer broke the protocol; the session ends.
  | 'YAMUX_VERSION'
  | 'YAMUX_TYPE'
  | 'YAMUX_FRAME_TOO_LARGE'
  | 'YAMUX_DUPLICATE_STREAM'
  | 'YAMUX_UNEXPECTED_FIN'
  | 'YAMUX_WINDOW_EXCEEDED'
  | 'YAMUX_WINDOW_OVERFLOW'
  // The peer went past one of `YamuxLimits`.
  | 'YAMUX_PING_FLOOD'
  | 'YAMUX_QUEUE_LIMIT'
  | 'YAMUX_UNREAD_LIMIT'
  // The session is over, or takes no more streams.
  | 'YAMUX_REMOTE_GO_AWAY'
  | 'YAMUX_SESSION_ENDED'
  | 'YAMUX_TRANSPORT'
  | 'YAMUX_TRUNCATED'
  | 'YAMUX_KEEPALIVE'
  // One stream or one ping only.
  | 'YAMUX_STREAM_RESET'
  | 'YAMUX_STREAMS_EXHAUSTED'
  | 'YAMUX_TOO_MANY_STREAMS'
  | 'YAMUX_TOO_MANY_PINGS'
  | 'YAMUX_PING_TIMEOUT';

/** What went wrong on a yamux session or on one of its streams. */
export class YamuxError extends HarnessError {
  readonly code: YamuxErrorCode;

  constructor(code: YamuxErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
