import { INITIAL_WINDOW } from './constants.js';

/** What a peer may make us hold, and what we may ask of it. Counts and bytes are of one session. */
export interface YamuxLimits {
  /** Streams open at a time, both sides' together. Incoming ones beyond it are reset. */
  readonly maxStreams: number;
  /**
   * Incoming streams that nobody has taken yet; more are reset. Also our own that the peer has not acknowledged:
   * Go takes its backlog to be the peer's (session.go, synCh).
   */
  readonly acceptBacklog: number;
  /** Longest data frame taken in. No peer may send more than the window it was granted, and that is never wider. */
  readonly maxFrameBytes: number;
  /** Bytes received and not yet read, over all streams. A stream that goes past it is reset. */
  readonly maxUnreadBytes: number;
  /** Our own pings that wait for an answer; `ping()` rejects beyond it. */
  readonly maxPings: number;
  /** Answers to the peer's pings that the transport has not taken; the session ends beyond it. */
  readonly maxQueuedPingReplies: number;
  /**
   * Bytes of frames that the transport has not taken: a peer that asks and never reads ends its session. Data waits
   * from half of it on, so no writer of ours can reach it. At least 256 KiB.
   */
  readonly maxQueuedBytes: number;
}

export const DEFAULT_LIMITS: YamuxLimits = {
  maxStreams: 4096,
  acceptBacklog: 256,
  maxFrameBytes: INITIAL_WINDOW,
  maxUnreadBytes: 64 * 1024 * 1024,
  maxPings: 1024,
  maxQueuedPingReplies: 8192,
  maxQueuedBytes: 1024 * 1024,
};
