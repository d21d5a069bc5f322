import { FLAG, FRAME_TYPE, GO_AWAY, type FrameType } from './constants.js';

/** The twelve bytes in front of every frame; the version is always 0 and is not kept. */
export interface FrameHeader {
  readonly type: FrameType;
  /** A set of `FLAG` bits. */
  readonly flags: number;
  /** 0 for pings and go-aways. */
  readonly streamId: number;
  /** Bytes, a window delta, a ping's number or a go-away code: see `FRAME_TYPE`. */
  readonly length: number;
}

/** Called for each frame; `payload` has `header.length` bytes for data frames, and is empty for all others. */
export type FrameSink = (header: FrameHeader, payload: Uint8Array) => void;

const FLAG_NAMES: readonly (readonly [number, string])[] = [
  [FLAG.syn, 'SYN'],
  [FLAG.ack, 'ACK'],
  [FLAG.fin, 'FIN'],
  [FLAG.rst, 'RST'],
];

const GO_AWAY_NAMES = new Map<number, string>([
  [GO_AWAY.normal, 'normal'],
  [GO_AWAY.protocolError, 'protocol error'],
  [GO_AWAY.internalError, 'internal error'],
]);

/** A go-away code in words: `1 (protocol error)`. */
export function describeGoAway(code: number): string {
  return `${code} (${GO_AWAY_NAMES.get(code) ?? 'unknown code'})`;
}

/** A frame on one line: `data, stream 3, SYN+FIN, 12 bytes`; `ping ACK #7`; `go-away 0 (normal)`. */
export function describeFrame(header: FrameHeader): string {
  const { type, streamId, length } = header;
  const flags = describeFlags(header.flags);
  if (type === FRAME_TYPE.data) return `data, stream ${streamId}${flags && `, ${flags}`}, ${length} bytes`;
  if (type === FRAME_TYPE.windowUpdate)
    return `window update, stream ${streamId}${flags && `, ${flags}`}, +${length}`;
  const what = type === FRAME_TYPE.ping ? 'ping' : 'go-away';
  const value = type === FRAME_TYPE.ping ? `#${length}` : describeGoAway(length);
  // Both belong to the session; a stream id on them has no meaning, so it is worth seeing.
  return `${what}${flags && ` ${flags}`} ${value}${streamId ? `, stream ${streamId}` : ''}`;
}

function describeFlags(flags: number): string {
  const names = FLAG_NAMES.filter(([bit]) => flags & bit).map(([, name]) => name);
  const unknown = FLAG_NAMES.reduce((rest, [bit]) => rest & ~bit, flags);
  if (unknown) names.push(`0x${unknown.toString(16)}`);
  return names.join('+');
}
