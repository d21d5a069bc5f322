import { Channel, type ChannelLink } from './channel.js';
import { FLAG, FRAME_TYPE } from './constants.js';
import { YamuxError } from './errors.js';
import type { FrameHeader } from './frame.js';
import type { YamuxLimits } from './limits.js';
import { StreamIds } from './stream-ids.js';
import type { YamuxStream } from './stream.js';

/** What the streams of a session ask of it. */
export interface ChannelsHost {
  send(header: FrameHeader, payload?: Uint8Array): void;
  /** Whether a data frame may be sent now. */
  hasRoom(): boolean;
  /** Whether streams that the peer opens are to be reset. */
  refuses(): boolean;
  /** Whether somebody takes streams that the peer opens. */
  listens(): boolean;
  deliver(stream: YamuxStream): void;
  violated(error: YamuxError): void;
}

/** The streams of one session: which there are, whose turn it is to send, and the limits that they share. */
export class Channels {
  readonly #host: ChannelsHost;
  readonly #limits: YamuxLimits;
  readonly #ids: StreamIds;
  readonly #link: ChannelLink;
  readonly #open = new Map<number, Channel>();
  /** Opened by the peer, not yet delivered. */
  readonly #backlog = new Set<Channel>();
  /** With bytes and a window, in the order of their turns. */
  readonly #ready = new Set<Channel>();
  #serving = false;
  #unacknowledged = 0;
  #unreadBytes = 0;

  constructor(role: 'client' | 'server', limits: YamuxLimits, host: ChannelsHost) {
    this.#host = host;
    this.#limits = limits;
    this.#ids = new StreamIds(role);
    this.#link = {
      send: (header, payload) => host.send(header, payload),
      ready: (channel) => {
        this.#ready.add(channel);
        this.serve();
      },
      acknowledged: () => {
        this.#unacknowledged--;
      },
      closed: (channel) => {
        if (channel.awaitsAcknowledgement) this.#unacknowledged--;
        this.#open.delete(channel.id);
        this.#backlog.delete(channel);
        this.#ready.delete(channel);
      },
      unread: (delta) => this.#addUnread(delta),
      violated: (error) => host.violated(error),
    };
  }

  get size(): number {
    return this.#open.size;
  }

  streams(): YamuxStream[] {
    return [...this.#open.values()].map(({ stream }) => stream);
  }

  /** @throws {YamuxError} `YAMUX_TOO_MANY_STREAMS`, `YAMUX_STREAMS_EXHAUSTED` */
  open(): YamuxStream {
    const { maxStreams, acceptBacklog } = this.#limits;
    if (this.#open.size >= maxStreams) {
      throw new YamuxError(
        'YAMUX_TOO_MANY_STREAMS',
        `${this.#open.size} yamux streams are open, the limit is ${maxStreams} (maxStreams).`,
      );
    }
    if (this.#unacknowledged >= acceptBacklog) {
      throw new YamuxError(
        'YAMUX_TOO_MANY_STREAMS',
        `The peer has not acknowledged ${this.#unacknowledged} yamux streams, the limit is ${acceptBacklog} ` +
          '(acceptBacklog). Wait for `acknowledged` of earlier ones.',
      );
    }
    const id = this.#ids.next((taken) => this.#open.has(taken));
    const channel = new Channel(id, 'local', this.#link);
    this.#open.set(id, channel);
    this.#unacknowledged++;
    channel.open();
    return channel.stream;
  }

  /** A data frame or a window update. */
  receive(header: FrameHeader, payload: Uint8Array): void {
    if (header.flags & FLAG.syn && !this.#incoming(header.streamId)) return;
    // No channel: most likely reset by us a moment ago. Go drains such frames (session.go, handleStreamMessage).
    this.#open.get(header.streamId)?.receive(header, payload);
  }

  /** Delivers what the peer opened, oldest first, while somebody listens. */
  deliver(): void {
    for (const channel of this.#backlog) {
      if (!this.#host.listens()) return;
      this.#backlog.delete(channel);
      channel.accept();
      this.#host.deliver(channel.stream);
    }
  }

  /** Lets the ready streams send one frame each, in turn, while there is room. */
  serve(): void {
    if (this.#serving) return;
    this.#serving = true;
    try {
      for (const channel of this.#ready) {
        if (!this.#host.hasRoom()) return;
        this.#ready.delete(channel);
        if (channel.sendNext()) this.#ready.add(channel);
      }
    } finally {
      this.#serving = false;
    }
  }

  /** The session is over; each stream gets the error that `reason` makes for it. */
  end(reason: (id: number) => YamuxError | undefined): void {
    const channels = [...this.#open.values()];
    this.#open.clear();
    this.#backlog.clear();
    this.#ready.clear();
    for (const channel of channels) channel.sessionEnded(reason(channel.id));
  }

  /** The peer opens a stream. Returns false when that ended the session. */
  #incoming(id: number): boolean {
    const { maxStreams, acceptBacklog } = this.#limits;
    // In Go's order (session.go, incomingStream): after our go-away not even a duplicate is looked at.
    if (this.#host.refuses()) {
      this.#refuse(id);
      return true;
    }
    if (this.#open.has(id)) {
      this.#host.violated(
        new YamuxError(
          'YAMUX_DUPLICATE_STREAM',
          `The peer opened yamux stream ${id}, which is open already (SYN).`,
        ),
      );
      return false;
    }
    const listens = this.#host.listens();
    if (this.#open.size >= maxStreams || (!listens && this.#backlog.size >= acceptBacklog)) {
      this.#refuse(id);
      return true;
    }
    const channel = new Channel(id, 'remote', this.#link);
    this.#open.set(id, channel);
    this.#backlog.add(channel);
    if (listens) this.deliver();
    return true;
  }

  #refuse(id: number): void {
    this.#host.send({ type: FRAME_TYPE.windowUpdate, flags: FLAG.rst, streamId: id, length: 0 });
  }

  #addUnread(delta: number): YamuxError | undefined {
    this.#unreadBytes += delta;
    const { maxUnreadBytes } = this.#limits;
    if (this.#unreadBytes <= maxUnreadBytes) return undefined;
    return new YamuxError(
      'YAMUX_UNREAD_LIMIT',
      `The streams of this yamux session hold ${this.#unreadBytes} unread bytes, the limit is ${maxUnreadBytes} ` +
        '(maxUnreadBytes). Read them, or reset streams that nobody reads.',
    );
  }
}
