import { HEADER_BYTES } from '../../../harness/yamux/index.js';

/** A yamux frame as it is put on the wire, right or wrong: each field is what is written. */
export interface RawFrame {
  readonly version: number;
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  /** What the length field says; of honest data frames, the payload’s. */
  readonly length: number;
  readonly payload: Uint8Array;
}

/** What a frame is there for in the conversation. */
export type Part = 'open' | 'broker-id' | 'definition' | 'header' | 'body' | 'control';

/** The smallest thing that is moved about: one frame, which carries at most one gob message. */
export interface Unit {
  /** In a sentence: `the header of Control.Ping`. */
  readonly what: string;
  readonly part: Part;
  readonly frame: RawFrame;
  /** A host sends it after the plugin has answered Dispense. */
  readonly dispensed: boolean;
  /** Overrides the frame: bytes that are no frame any more. */
  readonly raw?: Uint8Array;
}

export function encodeUnit({ frame, raw }: Unit): Uint8Array {
  if (raw) return raw;
  const bytes = Buffer.alloc(HEADER_BYTES + frame.payload.length);
  bytes.writeUInt8(frame.version & 0xff, 0);
  bytes.writeUInt8(frame.type & 0xff, 1);
  bytes.writeUInt16BE(frame.flags & 0xffff, 2);
  bytes.writeUInt32BE(frame.streamId >>> 0, 4);
  bytes.writeUInt32BE(frame.length >>> 0, 8);
  bytes.set(frame.payload, HEADER_BYTES);
  return bytes;
}

/** The unit with another payload, whose length its header says truly. */
export function withPayload(unit: Unit, payload: Uint8Array, part: Part = unit.part): Unit {
  return { ...unit, part, frame: { ...unit.frame, length: payload.length, payload } };
}

export function withFrame(unit: Unit, changes: Partial<RawFrame>): Unit {
  return { ...unit, frame: { ...unit.frame, ...changes } };
}
