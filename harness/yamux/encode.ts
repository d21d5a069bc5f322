import { HEADER_BYTES, VERSION } from './constants.js';
import type { FrameHeader } from './frame.js';

/** Writes the twelve bytes of a header to `target` at `offset`. */
export function writeHeader(target: Uint8Array, offset: number, header: FrameHeader): void {
  target[offset] = VERSION;
  target[offset + 1] = header.type;
  target[offset + 2] = header.flags >>> 8;
  target[offset + 3] = header.flags;
  writeUint32(target, offset + 4, header.streamId);
  writeUint32(target, offset + 8, header.length);
}

/** A header as bytes of its own; the payload of a data frame follows it on the wire. */
export function encodeHeader(header: FrameHeader): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  writeHeader(bytes, 0, header);
  return bytes;
}

function writeUint32(target: Uint8Array, offset: number, value: number): void {
  target[offset] = value >>> 24;
  target[offset + 1] = value >>> 16;
  target[offset + 2] = value >>> 8;
  target[offset + 3] = value;
}
