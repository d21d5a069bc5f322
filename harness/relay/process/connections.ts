import { connect, type Socket } from 'node:net';
import { FLAG, FRAME_TYPE } from '../../yamux/constants.js';
import type { Piece } from './cut-frames.js';
import type { ReadLine } from './handshake-line.js';
import type { Hold } from './hold.js';
import { Link } from './link.js';
import { RequestFinder, RequestTally } from './request-tally.js';

/** What net/rpc's header has in it when a host asks for a plugin, and when it says farewell (go-plugin rpc_client.go). */
const DISPENSE = 'Dispenser.Dispense';
const QUIT = 'Control.Quit';

/** A link, and what was seen on it. */
export interface Seen {
  readonly link: Link;
  /** The stream on which Dispenser.Dispense was asked. */
  dispenseStream: number | undefined;
  isDispensed: boolean;
  /** Nothing of the plugin's is passed on here. */
  droppedStream: number | undefined;
}

/** Everything between hosts and the plugin that are connected. */
export class Connections {
  readonly tally = new RequestTally();
  /** Where the latest request to a plugin came. */
  latestRequest: { readonly seen: Seen; readonly streamId: number } | undefined;
  readonly #hold: Hold;
  readonly #links = new Set<Seen>();
  /** Of hosts that nobody serves. */
  readonly #waiting = new Set<Socket>();
  #plugin: ReadLine | undefined;
  #isSilent = false;
  #drips = false;
  #repliesHeld = false;

  constructor(hold: Hold) {
    this.#hold = hold;
  }

  /** Where the plugin is. */
  leadTo(plugin: ReadLine): void {
    this.#plugin = plugin;
  }

  /** A host has connected. */
  accept(host: Socket): void {
    host.on('error', () => {});
    this.#waiting.add(host);
    host.once('close', () => this.#waiting.delete(host));
    if (this.#hold.isAt('connection')) this.#hold.whenReleased(() => this.#serve(host));
    else this.#serve(host);
  }

  get links(): readonly Seen[] {
    return [...this.#links];
  }

  /** Hosts that are connected. */
  get count(): number {
    return this.#links.size + this.#waiting.size;
  }

  get repliesHeld(): boolean {
    return this.#repliesHeld;
  }

  holdReplies(): void {
    this.tally.reset();
    this.#repliesHeld = true;
    for (const { link } of this.#links) link.down.hold();
  }

  release(): void {
    this.#repliesHeld = false;
    for (const { link } of this.#links) for (const flow of link.flows) flow.release();
  }

  silence(): void {
    this.#isSilent = true;
    for (const { link } of this.#links) for (const flow of link.flows) flow.silence();
  }

  drip(): void {
    this.#drips = true;
    for (const { link } of this.#links) for (const flow of link.flows) flow.drip();
  }

  close(): void {
    for (const { link } of this.#links) link.close();
    for (const host of this.#waiting) host.destroy();
  }

  halfClose(): void {
    for (const { link } of this.#links) link.down.halfClose();
    for (const host of this.#waiting) host.end();
  }

  reset(): void {
    for (const { link } of this.#links) link.reset();
    for (const host of this.#waiting) host.resetAndDestroy();
  }

  /** The plugin has ended, and all that it sent was passed on, save what is held. */
  async finished(): Promise<void> {
    const passing = [...this.#links].filter(({ link }) => link.down.passes);
    await Promise.all(passing.map(({ link }) => link.down.finished));
  }

  #serve(host: Socket): void {
    if (this.#isSilent || host.destroyed) return;
    const plugin = this.#plugin;
    if (!plugin) return void host.destroy();
    const socket = connect({ ...plugin.where, allowHalfOpen: true, noDelay: true });
    const refused = (): void => void host.destroy();
    socket.on('error', () => {}).once('close', refused);
    socket.once('connect', () => {
      socket.off('close', refused);
      if (this.#waiting.delete(host)) this.#link(host, socket, !plugin.isYamux);
      else socket.destroy();
    });
  }

  #link(host: Socket, plugin: Socket, isOpaque: boolean): void {
    const requests = new RequestFinder((method, streamId) => {
      this.latestRequest = { seen, streamId };
      this.tally.add(method);
    });
    const link = new Link(host, plugin, isOpaque, {
      up: { arrived: (piece) => requests.add(piece), admit: (piece) => this.#admitUp(seen, piece) },
      down: { admit: (piece) => this.#admitDown(seen, piece) },
    });
    const seen: Seen = {
      link,
      dispenseStream: undefined,
      isDispensed: false,
      droppedStream: undefined,
    };
    this.#links.add(seen);
    link.onClosed(() => this.#links.delete(seen));
    if (host.writableEnded) link.down.halfClose();
    if (this.#repliesHeld) link.down.hold();
    if (this.#drips) for (const flow of link.flows) flow.drip();
    if (this.#isSilent) for (const flow of link.flows) flow.silence();
    else host.resume();
  }

  #admitUp(seen: Seen, { header, bytes }: Piece): 'pass' | 'hold' {
    if (!header) return 'pass';
    if (this.#hold.isAt('quit') && bytes.includes(QUIT)) {
      this.#hold.reached();
      return 'hold';
    }
    if (!this.#hold.isAt('dispense')) return 'pass';
    if (bytes.includes(DISPENSE)) seen.dispenseStream = header.streamId;
    // Pings and windows go on until the host does what it does with the broker's id: it opens a stream.
    if (!seen.isDispensed || (header.flags & FLAG.syn) === 0 || header.streamId === 0) return 'pass';
    seen.link.down.hold();
    this.#hold.reached();
    return 'hold';
  }

  #admitDown(seen: Seen, { header }: Piece): 'pass' | 'drop' {
    if (!header || header.type !== FRAME_TYPE.data) return 'pass';
    if (header.streamId === seen.dispenseStream && header.length > 0) seen.isDispensed = true;
    return header.streamId === seen.droppedStream ? 'drop' : 'pass';
  }
}
