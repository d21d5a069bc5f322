import type { Duplex } from 'node:stream';

import { FLAG, FRAME_TYPE, HEADER_BYTES } from './constants.js';
import { writeHeader } from './encode.js';
import { YamuxError } from './errors.js';
import { describeFrame, type FrameHeader } from './frame.js';
import type { YamuxLimits } from './limits.js';

/** Size of the blocks that frames are copied into, in bytes. Each is used until full, whatever is flushed between. */
const BLOCK_BYTES = 64 * 1024;

/** Data frames wait while the next transport write holds this many bytes; control frames go in all the same. */
const DATA_HIGH_WATER = 256 * 1024;

interface Batch {
  bytes: number;
  pingReplies: number;
}

/** What happens to the queue, for the session. */
export interface OutboundEvents {
  /** The transport took a write: there may be room for data again. */
  drained(): void;
  /** The peer does not read, and a limit was passed. */
  overflow(error: YamuxError): void;
}

/**
 * Frames on their way to the transport. All that is sent in one tick, or while the transport is busy, becomes one
 * transport write: net/rpc sends many small messages.
 *
 * Payloads are copied, so a caller may use its buffer again at once.
 */
export class Outbound {
  readonly #transport: Duplex;
  readonly #limits: YamuxLimits;
  readonly #events: OutboundEvents;
  #block: Buffer = Buffer.alloc(0);
  /** First byte of `#block` that is not yet handed to the transport. */
  #start = 0;
  /** First free byte of `#block`. */
  #free = 0;
  #full: Buffer[] = [];
  #batch: Batch = { bytes: 0, pingReplies: 0 };
  #inFlight: Batch | undefined;
  #scheduled = false;
  #closed = false;

  constructor(transport: Duplex, limits: YamuxLimits, events: OutboundEvents) {
    this.#transport = transport;
    this.#limits = limits;
    this.#events = events;
  }

  /** Whether a data frame may be sent now. */
  get hasRoom(): boolean {
    if (this.#closed) return false;
    return this.#batch.bytes < DATA_HIGH_WATER && this.queuedBytes < this.#limits.maxQueuedBytes / 2;
  }

  /** Bytes that the transport has not taken. */
  get queuedBytes(): number {
    return this.#batch.bytes + (this.#inFlight?.bytes ?? 0);
  }

  send(header: FrameHeader, payload?: Uint8Array): void {
    if (this.#closed) return;
    const reply = header.type === FRAME_TYPE.ping && (header.flags & FLAG.ack) !== 0;
    const overflow = this.#overflow(header, HEADER_BYTES + (payload?.length ?? 0), reply);
    if (overflow) {
      this.#events.overflow(overflow);
      return;
    }
    this.#appendHeader(header);
    if (payload) this.#append(payload);
    if (reply) this.#batch.pingReplies++;
    if (!this.#scheduled && !this.#inFlight) {
      this.#scheduled = true;
      process.nextTick(this.#flush);
    }
  }

  /** Hands all that is queued to the transport and ends its writable side. Later frames are dropped. */
  end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#write();
    this.#transport.end();
  }

  /** Drops what is queued. */
  discard(): void {
    this.#closed = true;
    this.#full = [];
    this.#block = Buffer.alloc(0);
    this.#start = this.#free = 0;
    this.#batch = { bytes: 0, pingReplies: 0 };
  }

  readonly #flush = (): void => {
    this.#scheduled = false;
    if (!this.#closed) this.#write();
  };

  #write(): void {
    if (this.#batch.bytes === 0) return;
    const blocks = this.#full;
    if (this.#free > this.#start) blocks.push(this.#block.subarray(this.#start, this.#free));
    this.#start = this.#free;
    this.#full = [];
    const batch = this.#batch;
    this.#inFlight = batch;
    this.#batch = { bytes: 0, pingReplies: 0 };

    const last = blocks.pop();
    if (blocks.length > 0) this.#transport.cork();
    for (const block of blocks) this.#transport.write(block);
    this.#transport.write(last, () => this.#written(batch));
    if (blocks.length > 0) this.#transport.uncork();
  }

  #written(batch: Batch): void {
    if (this.#inFlight !== batch) return;
    this.#inFlight = undefined;
    if (this.#closed) return;
    // What is sent from here on goes out with the flush below.
    this.#scheduled = true;
    this.#events.drained();
    this.#flush();
  }

  #appendHeader(header: FrameHeader): void {
    if (this.#block.length - this.#free >= HEADER_BYTES) {
      writeHeader(this.#block, this.#free, header);
      this.#free += HEADER_BYTES;
      this.#batch.bytes += HEADER_BYTES;
      return;
    }
    const bytes = new Uint8Array(HEADER_BYTES);
    writeHeader(bytes, 0, header);
    this.#append(bytes);
  }

  #append(bytes: Uint8Array): void {
    let done = 0;
    while (done < bytes.length) {
      if (this.#free === this.#block.length) {
        if (this.#free > this.#start) this.#full.push(this.#block.subarray(this.#start));
        // Never from Node's pool: a block is written to over many ticks.
        this.#block = Buffer.allocUnsafeSlow(BLOCK_BYTES);
        this.#start = this.#free = 0;
      }
      const part = bytes.subarray(done, done + this.#block.length - this.#free);
      this.#block.set(part, this.#free);
      this.#free += part.length;
      done += part.length;
    }
    this.#batch.bytes += bytes.length;
  }

  #overflow(header: FrameHeader, bytes: number, reply: boolean): YamuxError | undefined {
    const { maxQueuedBytes, maxQueuedPingReplies } = this.#limits;
    const replies = this.#batch.pingReplies + (this.#inFlight?.pingReplies ?? 0);
    if (reply && replies >= maxQueuedPingReplies) {
      return new YamuxError(
        'YAMUX_PING_FLOOD',
        `The peer sent pings and did not take the answers: ${replies} wait, the limit is ${maxQueuedPingReplies} ` +
          '(maxQueuedPingReplies).',
      );
    }
    if (this.queuedBytes + bytes <= maxQueuedBytes) return undefined;
    return new YamuxError(
      'YAMUX_QUEUE_LIMIT',
      `The peer does not read: ${this.queuedBytes} bytes wait for the transport and "${describeFrame(header)}" would ` +
        `add ${bytes}, the limit is ${maxQueuedBytes} (maxQueuedBytes).`,
    );
  }
}
