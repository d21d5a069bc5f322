import type { Socket } from 'node:net';
import { FrameCutter, type Piece } from './cut-frames.js';

/** So many bytes are taken from a sender whose receiver does not take them; more are left to the kernel. */
const MAX_QUEUED_BYTES = 64 * 1024;

export interface FlowEvents {
  /** A piece has come. */
  arrived?(piece: Piece): void;
  /** It is a frame's turn to be passed on, its first piece. 'hold' holds the flow from it on. */
  admit?(piece: Piece): 'pass' | 'hold' | 'drop';
}

interface Insert {
  readonly bytes: Uint8Array;
  readonly written: () => void;
}

/** How the end of the sender is passed on, in ms after what it sent. */
export interface FlowOptions extends FlowEvents {
  readonly endAfterMs?: number;
}

/** One direction of a connection: what comes from one socket goes to the other, at the receiver's pace. */
export class Flow {
  /** The sender has ended, and everything that it sent was passed on. Its end may not have been yet. */
  readonly finished: Promise<void>;
  #resolveFinished: () => void = () => {};
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #options: FlowOptions;
  readonly #cutter: FrameCutter;
  #queue: Piece[] = [];
  #queuedBytes = 0;
  #inserts: Insert[] = [];
  /** What was written last ends a frame. */
  #isBetweenFrames = true;
  #isDropping = false;
  #isHeld = false;
  #isSilent = false;
  #drips = false;
  #dripping: NodeJS.Immediate | undefined;
  #sender: 'open' | 'ended' | 'closed' = 'open';
  #isDone = false;
  /** All was passed on, and the end is about to be. */
  #lingering: NodeJS.Timeout | undefined;

  constructor(from: Socket, to: Socket, isOpaque: boolean, options: FlowOptions) {
    this.#from = from;
    this.#to = to;
    this.#options = options;
    this.#cutter = new FrameCutter(isOpaque);
    this.finished = new Promise((resolve) => (this.#resolveFinished = resolve));
    from
      .on('data', (chunk: Buffer) => this.#enqueue(this.#cutter.push(chunk)))
      .on('end', () => this.#senderIs('ended'))
      .on('close', () => this.#senderIs('closed'));
    to.on('drain', () => this.#pump()).on('close', () => this.#discard());
  }

  /** Whether what comes is passed on, now or as soon as the receiver takes it. */
  get passes(): boolean {
    return !this.#isSilent && !this.#isHeld;
  }

  /** Nothing is passed on until `release()`. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    this.#pump();
  }

  /** From now on nothing is read or written. */
  silence(): void {
    this.#isSilent = true;
    this.#from.pause();
  }

  /** From now on each byte is a write of its own, in a turn of the event loop of its own. */
  drip(): void {
    this.#drips = true;
  }

  /** Ends the receiver's side now; what still comes is thrown away. */
  halfClose(): void {
    this.#to.end();
    this.#discard();
  }

  /** Writes something of our own as soon as a frame has ended, before what is held. Resolves when it was written. */
  insert(bytes: Uint8Array): Promise<void> {
    return new Promise((resolve) => {
      this.#inserts.push({ bytes, written: resolve });
      this.#pump();
    });
  }

  #enqueue(pieces: readonly Piece[]): void {
    if (this.#isDone) return;
    for (const piece of pieces) {
      this.#options.arrived?.(piece);
      this.#queue.push(piece);
      this.#queuedBytes += piece.bytes.length;
    }
    this.#pump();
  }

  #pump(): void {
    if (this.#isDone) return;
    this.#to.cork();
    while (!this.#dripping && this.#step());
    this.#to.uncork();
    if (this.#sender !== 'open' && this.#queue.length === 0 && this.passes) this.#finish();
    else if (this.#isSilent || this.#queuedBytes >= MAX_QUEUED_BYTES || this.#to.writableNeedDrain)
      this.#from.pause();
    else this.#from.resume();
  }

  /** Passes on one piece. @returns whether it may be asked again at once */
  #step(): boolean {
    if (this.#isSilent || this.#to.writableNeedDrain) return false;
    const [insert] = this.#inserts;
    if (insert && this.#isBetweenFrames) {
      this.#inserts.shift();
      this.#to.write(insert.bytes);
      insert.written();
      return true;
    }
    const [piece] = this.#queue;
    if (!piece) return false;
    // A frame that has begun is completed for what is to be inserted behind it.
    if (this.#isHeld && (!insert || piece.first)) return false;
    if (piece.first) {
      const verdict = this.#options.admit?.(piece) ?? 'pass';
      if (verdict === 'hold') {
        this.#isHeld = true;
        return false;
      }
      this.#isDropping = verdict === 'drop';
    }
    if (this.#isDropping) this.#take(piece, piece.bytes.length);
    else if (this.#drips) this.#passByte(piece);
    else this.#pass(piece, piece.bytes.length);
    return true;
  }

  #passByte(piece: Piece): void {
    this.#pass(piece, 1);
    this.#dripping = setImmediate(() => {
      this.#dripping = undefined;
      this.#pump();
    });
  }

  #pass(piece: Piece, bytes: number): void {
    this.#to.write(piece.bytes.subarray(0, bytes));
    this.#isBetweenFrames = piece.last && bytes === piece.bytes.length;
    this.#take(piece, bytes);
  }

  #take(piece: Piece, bytes: number): void {
    this.#queuedBytes -= bytes;
    if (bytes === piece.bytes.length) this.#queue.shift();
    else this.#queue[0] = { ...piece, first: false, bytes: piece.bytes.subarray(bytes) };
  }

  #senderIs(state: 'ended' | 'closed'): void {
    if (this.#sender === 'open') this.#enqueue(this.#cutter.end());
    this.#sender = state;
    // A sender that is gone for good wants nothing from the receiver either.
    if (this.#isDone && state === 'closed' && !this.#lingering) this.#to.destroySoon();
    else this.#pump();
  }

  #finish(): void {
    this.#isDone = true;
    this.#to.write('', () => this.#resolveFinished());
    this.#lingering = setTimeout(() => {
      this.#lingering = undefined;
      if (this.#sender === 'closed') this.#to.destroySoon();
      else this.#to.end();
    }, this.#options.endAfterMs ?? 0);
  }

  #discard(): void {
    this.#isDone = true;
    clearTimeout(this.#lingering);
    this.#lingering = undefined;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#resolveFinished();
    if (!this.#isSilent) this.#from.resume();
  }
}
