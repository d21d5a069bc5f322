import { FLAG, FRAME_TYPE, INITIAL_WINDOW, MAX_UINT32 } from './constants.js';
import { YamuxError } from './errors.js';
import { describeFrame, type FrameHeader } from './frame.js';
import { ReceiveQueue } from './receive-queue.js';
import { YamuxStream, type StreamSource, type WriteDone } from './stream.js';

/**
 * Longest data frame that we send, in bytes. Go takes any length up to the window; shorter ones let the streams of a
 * session take turns.
 */
const SEND_FRAME_BYTES = 64 * 1024;

/** What one stream's protocol state asks of its session. */
export interface ChannelLink {
  send(header: FrameHeader, payload?: Uint8Array): void;
  /** This channel has bytes and a window: call its `sendNext` when there is room. */
  ready(channel: Channel): void;
  /** The peer accepted a stream of ours. */
  acknowledged(): void;
  /** Nothing more will be sent or taken in for this stream. */
  closed(channel: Channel): void;
  /** Adds to the session's unread bytes; returns an error when there are too many. */
  unread(delta: number): YamuxError | undefined;
  /** The peer broke the protocol. */
  violated(error: YamuxError): void;
}

/** The protocol state of one stream: flags, both windows, what waits to be sent and to be read. */
export class Channel implements StreamSource {
  readonly id: number;
  readonly stream: YamuxStream;
  readonly #link: ChannelLink;
  #acknowledge!: () => void;
  #refuse!: (error: Error) => void;
  #awaitsAcknowledgement: boolean;

  /** Bytes that we may send. */
  #sendWindow = INITIAL_WINDOW;
  #pending: { readonly bytes: Uint8Array; sent: number; readonly done: WriteDone } | undefined;
  #localEnded = false;

  /** Bytes that the peer may send. */
  #receiveWindow = INITIAL_WINDOW;
  readonly #queue = new ReceiveQueue();
  #readerWaits = false;
  #unread = 0;
  #remoteEnded = false;

  /** Both sides have ended, or one was reset, or the session is over. */
  #closed = false;
  /** The session is over; told to the stream when its bytes were read. */
  #fate: YamuxError | undefined;

  /** @param opener which side opened it */
  constructor(id: number, opener: 'local' | 'remote', link: ChannelLink) {
    this.id = id;
    this.#awaitsAcknowledgement = opener === 'local';
    this.#link = link;
    const acknowledged = new Promise<void>((resolve, reject) => {
      this.#acknowledge = resolve;
      this.#refuse = reject;
    });
    acknowledged.catch(() => {});
    this.stream = new YamuxStream(id, acknowledged, this);
  }

  /** Whether we opened it and the peer has not accepted it. */
  get awaitsAcknowledgement(): boolean {
    return this.#awaitsAcknowledgement;
  }

  /** Starts it from our side. Go's first frame of a stream is a window update as well (session.go, OpenStream). */
  open(): void {
    this.#control(FLAG.syn);
  }

  /** Accepts one that the peer started (session.go, AcceptStream). */
  accept(): void {
    this.#control(FLAG.ack);
    this.#acknowledge();
  }

  /** A data frame or a window update for this stream. */
  receive(header: FrameHeader, payload: Uint8Array): void {
    if (header.flags & FLAG.ack && this.#awaitsAcknowledgement) {
      this.#awaitsAcknowledgement = false;
      this.#link.acknowledged();
      this.#acknowledge();
    }
    if (header.flags & FLAG.rst) {
      this.#close();
      this.stream.destroy(
        new YamuxError(
          'YAMUX_STREAM_RESET',
          `The peer reset yamux stream ${this.id}: "${describeFrame(header)}".`,
        ),
      );
      return;
    }
    const fin = (header.flags & FLAG.fin) !== 0;
    if (fin && this.#remoteEnded) {
      this.#link.violated(
        new YamuxError(
          'YAMUX_UNEXPECTED_FIN',
          `The peer ended yamux stream ${this.id} twice: "${describeFrame(header)}".`,
        ),
      );
      return;
    }
    if (header.type === FRAME_TYPE.windowUpdate) {
      if (!this.#widen(header.length)) return;
    } else if (payload.length > 0 && !this.#take(payload)) return;
    if (fin) this.#endOfInput();
  }

  /** Sends one data frame. Returns whether there is more that could be sent. */
  sendNext(): boolean {
    const pending = this.#pending;
    if (!pending || this.#closed || this.#sendWindow === 0) return false;
    const length = Math.min(this.#sendWindow, pending.bytes.length - pending.sent, SEND_FRAME_BYTES);
    const part = pending.bytes.subarray(pending.sent, pending.sent + length);
    this.#sendWindow -= length;
    pending.sent += length;
    this.#link.send({ type: FRAME_TYPE.data, flags: 0, streamId: this.id, length }, part);
    if (pending.sent === pending.bytes.length && this.#pending === pending) {
      this.#pending = undefined;
      pending.done();
    }
    return this.#pending !== undefined && this.#sendWindow > 0;
  }

  /** The session is over. With an error, the stream gets it after its reader has had what came before. */
  sessionEnded(error: YamuxError | undefined): void {
    this.#closed = true;
    const { stream } = this;
    if (!error) {
      stream.destroy();
    } else if (this.#remoteEnded) {
      if (stream.readableEnded) stream.destroy(error);
      else stream.once('end', () => stream.destroy(error));
    } else if (this.#unread === 0) {
      stream.destroy(error);
    } else {
      this.#fate = error;
    }
  }

  wanted(): void {
    this.#readerWaits = true;
    this.#deliver();
  }

  consumed(): void {
    this.#account();
    if (this.#fate && this.#unread === 0) this.stream.destroy(this.#fate);
    this.#giveBack();
  }

  write(bytes: Uint8Array, done: WriteDone): void {
    if (bytes.length === 0) {
      done();
      return;
    }
    this.#pending = { bytes, sent: 0, done };
    if (!this.#closed && this.#sendWindow > 0) this.#link.ready(this);
  }

  end(done: WriteDone): void {
    // When the session is over the stream is about to be destroyed with the reason: nothing was ended.
    if (this.#closed) return;
    this.#localEnded = true;
    this.#control(FLAG.fin);
    if (this.#remoteEnded) this.#close();
    done();
  }

  destroyed(error: Error | null): void {
    if (!this.#closed) {
      this.#control(FLAG.rst);
      this.#close();
    }
    this.#queue.clear();
    this.#account();
    const reason =
      error ??
      new YamuxError('YAMUX_STREAM_RESET', `Yamux stream ${this.id} was reset or abandoned by this side.`);
    this.#refuse(reason);
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.done(reason);
  }

  #control(flags: number): void {
    this.#link.send({ type: FRAME_TYPE.windowUpdate, flags, streamId: this.id, length: 0 });
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#link.closed(this);
  }

  #widen(delta: number): boolean {
    if (this.#sendWindow + delta > MAX_UINT32) {
      this.#link.violated(
        new YamuxError(
          'YAMUX_WINDOW_OVERFLOW',
          `The peer widened the window of yamux stream ${this.id} from ${this.#sendWindow} by ${delta} bytes, past ` +
            `the ${MAX_UINT32} that a window can hold.`,
        ),
      );
      return false;
    }
    this.#sendWindow += delta;
    if (this.#pending && this.#sendWindow > 0) this.#link.ready(this);
    return true;
  }

  #take(payload: Uint8Array): boolean {
    if (payload.length > this.#receiveWindow) {
      this.#link.violated(
        new YamuxError(
          'YAMUX_WINDOW_EXCEEDED',
          `The peer sent ${payload.length} bytes on yamux stream ${this.id}, whose receive window has ` +
            `${this.#receiveWindow} left. A sender must wait for a window update.`,
        ),
      );
      return false;
    }
    this.#receiveWindow -= payload.length;
    // After its FIN the peer has nothing to say, and the reader has been told so.
    if (this.#remoteEnded) return true;
    if (this.#readerWaits && this.stream.readableFlowing && this.#queue.bytes === 0) {
      this.#push(payload);
    } else {
      this.#queue.add(payload);
      this.#deliver();
    }
    const tooMuch = this.#account();
    if (tooMuch && this.#unread > 0) {
      this.stream.destroy(tooMuch);
      return false;
    }
    this.#giveBack();
    return true;
  }

  #endOfInput(): void {
    this.#remoteEnded = true;
    if (this.#queue.bytes === 0 && !this.stream.destroyed) this.stream.push(null);
    if (this.#localEnded) this.#close();
  }

  #deliver(): void {
    while (this.#readerWaits && !this.stream.destroyed) {
      const bytes = this.#queue.take();
      if (!bytes) return;
      this.#push(bytes);
      if (this.#remoteEnded && this.#queue.bytes === 0) this.stream.push(null);
    }
  }

  #push(bytes: Uint8Array): void {
    // Before the call: a listener that reads from within it may ask again.
    this.#readerWaits = false;
    if (this.stream.push(bytes)) this.#readerWaits = true;
  }

  /** Tells the session how many bytes lie here unread. */
  #account(): YamuxError | undefined {
    const unread = this.stream.destroyed ? 0 : this.#queue.bytes + this.stream.readableLength;
    const delta = unread - this.#unread;
    this.#unread = unread;
    return delta === 0 ? undefined : this.#link.unread(delta);
  }

  /** Widens the peer's window by what was read, once that is half of it (stream.go, sendWindowUpdate). */
  #giveBack(): void {
    if (this.#closed || this.#remoteEnded) return;
    const delta = INITIAL_WINDOW - this.#unread - this.#receiveWindow;
    if (delta < INITIAL_WINDOW / 2) return;
    this.#receiveWindow += delta;
    this.#link.send({ type: FRAME_TYPE.windowUpdate, flags: 0, streamId: this.id, length: delta });
  }
}
