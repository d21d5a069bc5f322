import { EventEmitter } from 'node:events';
import { finished, type Duplex } from 'node:stream';

import { Channels } from './channels.js';
import { FLAG, FRAME_TYPE, GO_AWAY, GO_WRITE_TIMEOUT_MS } from './constants.js';
import { FrameDecoder } from './decode.js';
import { YamuxError } from './errors.js';
import { describeGoAway, type FrameHeader } from './frame.js';
import { startKeepAlive } from './keep-alive.js';
import { DEFAULT_LIMITS } from './limits.js';
import { Outbound } from './outbound.js';
import { Pings } from './pings.js';
import type { SessionEnd, YamuxSessionEvents, YamuxSessionOptions } from './session-options.js';
import type { YamuxStream } from './stream.js';

/** How long an ended session waits for the peer to close the transport too, in milliseconds. */
const CLOSE_GRACE_MS = 1000;

/**
 * A yamux session over any Duplex, as hashicorp/yamux v0.1.2 speaks it. It reads from the transport at once and all
 * the time: flow control is per stream.
 */
export class YamuxSession extends EventEmitter<YamuxSessionEvents> {
  readonly role: 'client' | 'server';
  /** Resolves once, when the session is over; never rejects. */
  readonly closed: Promise<SessionEnd>;

  readonly #transport: Duplex;
  readonly #transportClosed: Promise<void>;
  readonly #writeTimeoutMs: number;
  readonly #onFrame: YamuxSessionOptions['onFrame'];
  readonly #decoder: FrameDecoder;
  readonly #outbound: Outbound;
  readonly #channels: Channels;
  readonly #pings: Pings;
  #stopKeepAlive: (() => void) | undefined;

  #closing = false;
  #localGoAway = false;
  #remoteGoAway: number | undefined;
  #end: SessionEnd | undefined;
  #resolveClosed!: (end: SessionEnd) => void;

  constructor(transport: Duplex, options: YamuxSessionOptions) {
    super();
    const limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.role = options.role;
    this.#transport = transport;
    this.#writeTimeoutMs = options.writeTimeoutMs ?? GO_WRITE_TIMEOUT_MS;
    this.#onFrame = options.onFrame;
    this.#decoder = new FrameDecoder(limits.maxFrameBytes);
    this.#pings = new Pings(limits.maxPings);
    this.#outbound = new Outbound(transport, limits, {
      drained: () => this.#channels.serve(),
      overflow: (error) => this.#violated(error),
    });
    this.#channels = new Channels(options.role, limits, {
      send: (header, payload) => this.#send(header, payload),
      hasRoom: () => this.#outbound.hasRoom,
      refuses: () => this.#localGoAway,
      listens: () => this.listenerCount('stream') > 0,
      deliver: (stream) => this.emit('stream', stream),
      violated: (error) => this.#violated(error),
    });
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve;
    });
    this.#transportClosed = new Promise((resolve) => {
      if (transport.closed) resolve();
      else transport.once('close', resolve);
    });
    (this as EventEmitter).on('newListener', (event) => {
      if (event === 'stream') process.nextTick(() => this.#channels.deliver());
    });
    if (options.keepAliveMs) {
      this.#stopKeepAlive = startKeepAlive(
        options.keepAliveMs,
        () => this.ping(this.#writeTimeoutMs),
        (cause) => this.#keepAliveFailed(cause),
      );
    }
    this.#listen();
  }

  /** Streams that are open in at least one direction, delivered or not. */
  get streams(): number {
    return this.#channels.size;
  }

  /**
   * Opens a stream. Its SYN goes out at once and bytes may follow without waiting for the peer.
   *
   * @throws {YamuxError} `YAMUX_SESSION_ENDED`, `YAMUX_REMOTE_GO_AWAY`, `YAMUX_TOO_MANY_STREAMS` (a limit of ours: too
   * many open, or too many that the peer has not acknowledged), `YAMUX_STREAMS_EXHAUSTED`
   */
  open(): YamuxStream {
    if (this.#end || this.#closing) throw this.#endedError('it opens no stream');
    if (this.#remoteGoAway !== undefined) {
      throw new YamuxError(
        'YAMUX_REMOTE_GO_AWAY',
        `The peer takes no more yamux streams: it sent go-away ${describeGoAway(this.#remoteGoAway)}.`,
      );
    }
    return this.#channels.open();
  }

  /**
   * Round trip to the peer's yamux, in milliseconds.
   *
   * @throws {YamuxError} `YAMUX_PING_TIMEOUT`, `YAMUX_TOO_MANY_PINGS`, `YAMUX_SESSION_ENDED`
   */
  ping(timeoutMs: number): Promise<number> {
    if (this.#end) return Promise.reject(this.#endedError('it sends no ping'));
    return this.#pings.start(timeoutMs, (length) => {
      this.#send({ type: FRAME_TYPE.ping, flags: FLAG.syn, streamId: 0, length });
    });
  }

  /** Tells the peer to open no more streams; those it opens all the same are reset. The session goes on. */
  goAway(code: number = GO_AWAY.normal): void {
    this.#localGoAway = true;
    this.#send({ type: FRAME_TYPE.goAway, flags: 0, streamId: 0, length: code });
  }

  /**
   * Ends the session in good order: go-away, all streams ended after what was written to them, transport ended.
   * Resolves when the transport is closed. What the peer's windows do not let out within the write timeout is lost.
   */
  async close(): Promise<void> {
    if (!this.#end && !this.#closing) {
      this.#closing = true;
      if (!this.#localGoAway) this.goAway();
      await this.#streamsEnded();
      this.#finish({ reason: 'local' }, 'end');
    }
    await this.#transportClosed;
  }

  /** Ends session, streams and transport at once. The streams fail with the error, if one is given. */
  destroy(error?: Error): void {
    if (this.#end) {
      // Over already; it may still be waiting for the peer to close the transport.
      this.#transport.destroy();
      return;
    }
    if (!error || error instanceof YamuxError) {
      this.#finish({ reason: 'local', ...(error && { error }) }, 'destroy');
      return;
    }
    const message = `The yamux session was destroyed: ${error.message}`;
    this.destroy(new YamuxError('YAMUX_SESSION_ENDED', message, { cause: error }));
  }

  #listen(): void {
    const transport = this.#transport;
    transport.on('error', (cause) => this.#transportFailed(cause));
    transport.on('end', () => this.#transportEnded());
    transport.on('close', () => this.#transportEnded());
    if (transport.destroyed || transport.readableEnded) process.nextTick(() => this.#transportEnded());
    else transport.on('data', (chunk: Uint8Array) => this.#push(chunk));
  }

  #send(header: FrameHeader, payload?: Uint8Array): void {
    if (this.#end) return;
    this.#onFrame?.('out', header, payload);
    this.#outbound.send(header, payload);
  }

  #push(chunk: Uint8Array): void {
    if (this.#end) return;
    try {
      this.#decoder.push(chunk, this.#receive);
    } catch (error) {
      const { failure } = this.#decoder;
      if (failure && error === failure) {
        this.#violated(failure);
        return;
      }
      // A listener of ours threw; the rest of the chunk is lost, so the session cannot go on.
      this.destroy(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  readonly #receive = (header: FrameHeader, payload: Uint8Array): void => {
    if (this.#end) return;
    this.#onFrame?.('in', header, payload);
    if (header.type === FRAME_TYPE.ping) this.#pinged(header);
    else if (header.type === FRAME_TYPE.goAway) this.#remoteWentAway(header.length);
    else this.#channels.receive(header, payload);
  };

  #pinged({ flags, length }: FrameHeader): void {
    if (flags & FLAG.syn) this.#send({ type: FRAME_TYPE.ping, flags: FLAG.ack, streamId: 0, length });
    else this.#pings.answered(length);
  }

  #remoteWentAway(code: number): void {
    this.#remoteGoAway = code;
    this.emit('goAway', code);
    if (code === GO_AWAY.normal) return;
    const error = new YamuxError(
      'YAMUX_REMOTE_GO_AWAY',
      `The peer ended the yamux session with go-away ${describeGoAway(code)}: it did not like a frame of ours, or failed.`,
    );
    this.#finish({ reason: 'remote-go-away', error }, 'end');
  }

  #violated(error: YamuxError): void {
    if (this.#end) return;
    // A peer that does not read gets no go-away either.
    const deaf = error.code === 'YAMUX_QUEUE_LIMIT' || error.code === 'YAMUX_PING_FLOOD';
    if (!deaf) this.goAway(GO_AWAY.protocolError);
    this.#finish({ reason: 'protocol-error', error }, deaf ? 'destroy' : 'end');
  }

  #keepAliveFailed(cause: unknown): void {
    const error = new YamuxError(
      'YAMUX_KEEPALIVE',
      `The peer did not answer a yamux keepalive within ${this.#writeTimeoutMs} ms: it hangs, is stopped, or is overloaded.`,
      { cause },
    );
    this.#finish({ reason: 'keepalive', error }, 'destroy');
  }

  #transportFailed(cause: Error): void {
    const message = `The transport of the yamux session failed: ${cause.message}`;
    this.#finish(
      { reason: 'transport-error', error: new YamuxError('YAMUX_TRANSPORT', message, { cause }) },
      'destroy',
    );
  }

  #transportEnded(): void {
    const held = this.#decoder.heldBytes;
    const reason = this.#remoteGoAway === undefined ? 'transport-closed' : 'remote-go-away';
    if (held === 0) {
      this.#finish({ reason }, 'destroy');
      return;
    }
    const error = new YamuxError(
      'YAMUX_TRUNCATED',
      `The transport of the yamux session ended in the middle of a frame, after ${held} bytes of it.`,
    );
    this.#finish({ reason, error }, 'destroy');
  }

  /** Ends all streams for writing; resolves when what they hold was sent, or the write timeout is over. */
  async #streamsEnded(): Promise<void> {
    const ending = this.#channels.streams().map(
      (stream) =>
        new Promise<void>((resolve) => {
          finished(stream, { readable: false }, () => resolve());
          stream.end();
        }),
    );
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#writeTimeoutMs);
    });
    await Promise.race([Promise.all(ending), this.closed, timeout]);
    clearTimeout(timer);
  }

  #finish(end: SessionEnd, transport: 'end' | 'destroy'): void {
    if (this.#end) return;
    this.#end = end;
    this.#stopKeepAlive?.();
    this.#pings.end(this.#endedError('no answer can come to a ping'));
    const quiet = end.reason === 'local' && !end.error;
    this.#channels.end((id) => (quiet ? undefined : this.#endedError(`stream ${id} was cut off`)));
    if (transport === 'end') {
      this.#endTransport();
    } else {
      this.#outbound.discard();
      this.#transport.destroy();
    }
    this.#resolveClosed(end);
    this.emit('close', end);
  }

  /**
   * Flushes and half-closes the transport, and closes it when the peer has done the same or the grace is over. Until
   * then what comes is still read, and dropped: a socket closed with unread bytes may take back what it has sent.
   */
  #endTransport(): void {
    const transport = this.#transport;
    this.#outbound.end();
    const timer = setTimeout(() => transport.destroy(), CLOSE_GRACE_MS);
    timer.unref();
    transport.once('close', () => clearTimeout(timer));
  }

  #endedError(what: string): YamuxError {
    const end = this.#end;
    const why = end?.error ? ` ${end.error.message}` : '';
    return new YamuxError(
      'YAMUX_SESSION_ENDED',
      `The yamux session is over (${end?.reason ?? 'local'}): ${what}.${why}`,
      { cause: end?.error },
    );
  }
}
