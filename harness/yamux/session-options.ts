import type { FrameHeader } from './frame.js';
import type { YamuxError } from './errors.js';
import type { YamuxLimits } from './limits.js';
import type { YamuxStream } from './stream.js';

export interface YamuxSessionOptions {
  /** A host is the client, a plugin the server. */
  readonly role: 'client' | 'server';
  readonly limits?: Partial<YamuxLimits>;
  /** Ping at this interval and end the session when an answer is missing. Off unless given; Go: 30 000. */
  readonly keepAliveMs?: number | false;
  /** How long a keepalive's answer and `close()` may take, in milliseconds. Default, as Go's: 10 000. */
  readonly writeTimeoutMs?: number;
  /**
   * Sees every frame in wire order: sent ones as they are queued, received ones before they take effect. The payload
   * is a view of memory that others use: copy what is to be kept.
   */
  readonly onFrame?: (direction: 'in' | 'out', header: FrameHeader, payload?: Uint8Array) => void;
}

/** Why a session is over. */
export interface SessionEnd {
  readonly reason:
    'local' | 'remote-go-away' | 'transport-closed' | 'protocol-error' | 'transport-error' | 'keepalive';
  /** Missing where nothing went wrong. */
  readonly error?: YamuxError;
}

export interface YamuxSessionEvents {
  /** The peer opened a stream. It is acknowledged as it is delivered; without a listener it waits. */
  stream: [stream: YamuxStream];
  /** The peer takes no more streams. Those that exist go on after `GO_AWAY.normal`. */
  goAway: [code: number];
  close: [end: SessionEnd];
}
