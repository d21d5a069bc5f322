/** Version field of every header: "the version field … is always set to 0" (yamux spec.md, Version Field). */
export const VERSION = 0;

/** version (1) + type (1) + flags (2) + stream id (4) + length (4), big endian (spec.md, Framing). */
export const HEADER_BYTES = 12;

/** The type field (spec.md, Type Field; const.go, typeData…). */
export const FRAME_TYPE = {
  /** Payload of a stream; `length` is the number of bytes that follow the header. */
  data: 0,
  /** Widens the sender's window of a stream; `length` is the delta in bytes. Carries most flags too. */
  windowUpdate: 1,
  /** `length` is an opaque number, echoed back. SYN asks, ACK answers. Stream id 0. */
  ping: 2,
  /** No further streams, please; `length` is one of `GO_AWAY`. Stream id 0. */
  goAway: 3,
} as const;
export type FrameType = (typeof FRAME_TYPE)[keyof typeof FRAME_TYPE];

/** Bits of the flags field (spec.md, Flag Field). Go ignores the other twelve, and so do we. */
export const FLAG = {
  /** Starts a stream, or asks for a ping's answer. */
  syn: 1,
  /** Accepts a stream, or answers a ping. */
  ack: 2,
  /** Half-closes a stream: its sender sends no more data. */
  fin: 4,
  /** Ends a stream at once, both ways. */
  rst: 8,
} as const;

/** The length field of a go-away frame (spec.md, Session termination). */
export const GO_AWAY = {
  normal: 0,
  protocolError: 1,
  internalError: 2,
} as const;

/** Bytes each side may send on a new stream before the first window update (const.go, initialStreamWindow). */
export const INITIAL_WINDOW = 256 * 1024;

/** The length field is a uint32, and Go keeps windows in one (stream.go, sendWindow). */
export const MAX_UINT32 = 0xffff_ffff;

/** go-plugin takes yamux's defaults (mux.go, DefaultConfig); milliseconds. */
export const GO_KEEP_ALIVE_MS = 30_000;
/** How long Go waits for a write or for a ping's answer (mux.go, ConnectionWriteTimeout). */
export const GO_WRITE_TIMEOUT_MS = 10_000;
