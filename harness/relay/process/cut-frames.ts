import { FLAG, FRAME_TYPE, HEADER_BYTES, VERSION } from '../../yamux/constants.js';
import type { FrameHeader } from '../../yamux/frame.js';

/** A stretch of what travels: a yamux frame, or a part of one. */
export interface Piece {
  readonly bytes: Buffer;
  /** Of the frame that it is, or belongs to; `undefined` for bytes that are no yamux. */
  readonly header: FrameHeader | undefined;
  /** It begins a frame; the header is part of its bytes. */
  readonly first: boolean;
  /** It ends a frame. */
  readonly last: boolean;
}

/** So many bytes of a data frame's payload are in its first piece: more than any net/rpc request's header has. */
const FIRST_BYTES = 4096;
const KNOWN_FLAGS = FLAG.syn | FLAG.ack | FLAG.fin | FLAG.rst;

/**
 * Cuts a byte stream at its frames' borders, for one who passes it on: what has come of a long frame is not kept
 * back. Bytes that are no yamux are passed on as they are, from there to the end.
 *
 * Not `harness/yamux`'s decoder, which gives whole frames, and breaks when bytes are none.
 */
export class FrameCutter {
  #kept: Buffer = Buffer.alloc(0);
  #header: FrameHeader | undefined;
  /** Payload of the current frame that has not come yet. */
  #rest = 0;
  #isOpaque: boolean;

  /** @param isOpaque - the bytes are known to be no yamux: TLS, HTTP/2 */
  constructor(isOpaque = false) {
    this.#isOpaque = isOpaque;
  }

  push(chunk: Buffer): Piece[] {
    const bytes = this.#kept.length > 0 ? Buffer.concat([this.#kept, chunk]) : chunk;
    const pieces: Piece[] = [];
    let at = 0;
    while (at < bytes.length) {
      const left = bytes.subarray(at);
      const piece = this.#isOpaque ? opaque(left) : this.#rest > 0 ? this.#goOn(left) : this.#begin(left);
      if (!piece) break;
      pieces.push(piece);
      at += piece.bytes.length;
    }
    this.#kept = bytes.subarray(at);
    return pieces;
  }

  /** What was kept back of a frame that will not be completed. */
  end(): Piece[] {
    const kept = this.#kept;
    this.#kept = Buffer.alloc(0);
    return kept.length > 0 ? [opaque(kept)] : [];
  }

  #goOn(left: Buffer): Piece {
    const bytes = left.subarray(0, this.#rest);
    this.#rest -= bytes.length;
    return { bytes, header: this.#header, first: false, last: this.#rest === 0 };
  }

  #begin(left: Buffer): Piece | undefined {
    const header = left.length < HEADER_BYTES ? undefined : readHeader(left);
    if (!couldBeYamux(left, header)) {
      this.#isOpaque = true;
      return opaque(left);
    }
    if (!header) return undefined;
    const payload = header.type === FRAME_TYPE.data ? header.length : 0;
    if (left.length < HEADER_BYTES + Math.min(payload, FIRST_BYTES)) return undefined;
    const bytes = left.subarray(0, HEADER_BYTES + payload);
    this.#header = header;
    this.#rest = HEADER_BYTES + payload - bytes.length;
    return { bytes, header, first: true, last: this.#rest === 0 };
  }
}

function opaque(bytes: Buffer): Piece {
  return { bytes, header: undefined, first: true, last: true };
}

function readHeader(bytes: Buffer): FrameHeader {
  return {
    type: bytes.readUInt8(1) as FrameHeader['type'],
    flags: bytes.readUInt16BE(2),
    streamId: bytes.readUInt32BE(4),
    length: bytes.readUInt32BE(8),
  };
}

/** TLS begins with 22, an HTTP/2 client with `PRI`; an HTTP/2 server's settings show flags that yamux has not. */
function couldBeYamux(bytes: Buffer, header: FrameHeader | undefined): boolean {
  const [version = 0, type = 0] = bytes;
  if (version !== VERSION || type > FRAME_TYPE.goAway) return false;
  if (!header) return true;
  return header.flags <= KNOWN_FLAGS && (header.type !== FRAME_TYPE.data || header.streamId !== 0);
}
