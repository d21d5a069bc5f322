import { FRAME_TYPE, HEADER_BYTES, VERSION, type FrameType } from './constants.js';
import { YamuxError } from './errors.js';
import { describeFrame, type FrameHeader, type FrameSink } from './frame.js';
import { DEFAULT_LIMITS } from './limits.js';

const NO_PAYLOAD = new Uint8Array(0);

/**
 * Cuts a byte stream into frames. Pure: no sockets, no timers; partial headers and partial bodies are held back.
 *
 * A length is compared with `maxFrameBytes` before anything is allocated for it. After an error the decoder stays
 * broken: where the next frame begins cannot be known.
 */
export class FrameDecoder {
  readonly #maxFrameBytes: number;
  readonly #head = new Uint8Array(HEADER_BYTES);
  #headBytes = 0;
  /** The data frame whose body has come only in part. */
  #held: { readonly header: FrameHeader; readonly body: Uint8Array; filled: number } | undefined;
  #failure: YamuxError | undefined;

  constructor(maxFrameBytes: number = DEFAULT_LIMITS.maxFrameBytes) {
    this.#maxFrameBytes = maxFrameBytes;
  }

  /** The error that broke this decoder. */
  get failure(): YamuxError | undefined {
    return this.#failure;
  }

  /** Bytes of a frame that is not complete. */
  get heldBytes(): number {
    return this.#held ? HEADER_BYTES + this.#held.filled : this.#headBytes;
  }

  /**
   * Calls `onFrame` for each frame that `chunk` completes, in order, also for those before a broken one. A payload
   * may share memory with `chunk`.
   *
   * @throws {YamuxError} `YAMUX_VERSION`, `YAMUX_TYPE`, `YAMUX_FRAME_TOO_LARGE`
   */
  push(chunk: Uint8Array, onFrame: FrameSink): void {
    if (this.#failure) throw this.#failure;
    let at = 0;
    while (at < chunk.length) {
      const held = this.#held;
      if (held) {
        const part = chunk.subarray(at, at + held.body.length - held.filled);
        held.body.set(part, held.filled);
        held.filled += part.length;
        at += part.length;
        if (held.filled < held.body.length) return;
        this.#held = undefined;
        onFrame(held.header, held.body);
        continue;
      }

      let header: FrameHeader;
      if (this.#headBytes === 0 && chunk.length - at >= HEADER_BYTES) {
        header = this.#readHeader(chunk, at);
        at += HEADER_BYTES;
      } else {
        const part = chunk.subarray(at, at + HEADER_BYTES - this.#headBytes);
        this.#head.set(part, this.#headBytes);
        this.#headBytes += part.length;
        at += part.length;
        if (this.#headBytes < HEADER_BYTES) return;
        this.#headBytes = 0;
        header = this.#readHeader(this.#head, 0);
      }

      if (header.type !== FRAME_TYPE.data || header.length === 0) {
        onFrame(header, NO_PAYLOAD);
      } else if (chunk.length - at >= header.length) {
        const payload = chunk.subarray(at, at + header.length);
        at += header.length;
        onFrame(header, payload);
      } else {
        this.#held = { header, body: Buffer.allocUnsafeSlow(header.length), filled: 0 };
      }
    }
  }

  #readHeader(bytes: Uint8Array, at: number): FrameHeader {
    const version = bytes[at]!;
    const type = bytes[at + 1]!;
    if (version !== VERSION) {
      throw this.#fail(
        'YAMUX_VERSION',
        `A yamux frame has version ${version}; only ${VERSION} exists. Its header: ${hex(bytes, at)}. ` +
          'Either the peer does not speak yamux on this connection, or bytes were lost or added before this frame.',
      );
    }
    if (!isFrameType(type)) {
      throw this.#fail(
        'YAMUX_TYPE',
        `A yamux frame has type ${type}; 0 to 3 exist. Its header: ${hex(bytes, at)}. ` +
          'Bytes were lost or added before this frame, or the peer uses a protocol of its own.',
      );
    }
    const header = {
      type,
      flags: (bytes[at + 2]! << 8) | bytes[at + 3]!,
      streamId: readUint32(bytes, at + 4),
      length: readUint32(bytes, at + 8),
    };
    if (type === FRAME_TYPE.data && header.length > this.#maxFrameBytes) {
      throw this.#fail(
        'YAMUX_FRAME_TOO_LARGE',
        `A yamux data frame declares ${header.length} bytes, the limit is ${this.#maxFrameBytes} (maxFrameBytes): ` +
          `${describeFrame(header)}. A peer must split what it sends at the receive window.`,
      );
    }
    return header;
  }

  #fail(code: 'YAMUX_VERSION' | 'YAMUX_TYPE' | 'YAMUX_FRAME_TOO_LARGE', message: string): YamuxError {
    this.#failure = new YamuxError(code, message);
    return this.#failure;
  }
}

function isFrameType(type: number): type is FrameType {
  return type <= FRAME_TYPE.goAway;
}

function readUint32(bytes: Uint8Array, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

function hex(bytes: Uint8Array, at: number): string {
  return Buffer.from(bytes.subarray(at, at + HEADER_BYTES)).toString('hex');
}
