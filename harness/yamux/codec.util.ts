/** A second, naive codec: whole buffers only, one DataView, straight from spec.md. The oracle of the real one. */

export interface NaiveFrame {
  readonly version: number;
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly length: number;
  readonly payload: Uint8Array;
}

export function naiveEncode(
  frame: Omit<NaiveFrame, 'version' | 'payload'> & Partial<NaiveFrame>,
): Uint8Array {
  const payload = frame.payload ?? new Uint8Array(0);
  const bytes = new Uint8Array(12 + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, frame.version ?? 0);
  view.setUint8(1, frame.type);
  view.setUint16(2, frame.flags);
  view.setUint32(4, frame.streamId);
  view.setUint32(8, frame.length);
  bytes.set(payload, 12);
  return bytes;
}

/** All complete frames of `bytes`, up to the first that is not acceptable, and what is wrong with that one. */
export function naiveDecode(
  bytes: Uint8Array,
  limit: number,
): { frames: NaiveFrame[]; error?: string; rest: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const frames: NaiveFrame[] = [];
  let at = 0;
  while (bytes.length - at >= 12) {
    const head = {
      version: view.getUint8(at),
      type: view.getUint8(at + 1),
      flags: view.getUint16(at + 2),
      streamId: view.getUint32(at + 4),
      length: view.getUint32(at + 8),
    };
    if (head.version !== 0) return { frames, error: 'YAMUX_VERSION', rest: 0 };
    if (head.type > 3) return { frames, error: 'YAMUX_TYPE', rest: 0 };
    const body = head.type === 0 ? head.length : 0;
    if (body > limit) return { frames, error: 'YAMUX_FRAME_TOO_LARGE', rest: 0 };
    if (bytes.length - at - 12 < body) break;
    frames.push({ ...head, payload: Uint8Array.from(bytes.subarray(at + 12, at + 12 + body)) });
    at += 12 + body;
  }
  return { frames, rest: bytes.length - at };
}
