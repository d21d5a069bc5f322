import { fstatSync, writeSync } from 'node:fs';

const STDOUT = 1;

/**
 * When to look at the pipe, in ms after the last connection has closed: a host that dies closes its files one after
 * the other, and one that ends in order lets go of us a moment before it ends itself.
 */
const PROBES_MS = [0, 20, 100, 500, 2_000];

/** How often to see whether our parent is still the same process, in ms. */
const PARENT_MS = 1_000;

/**
 * Notices that the host is gone: nobody reads the pipe that our stdout was when we started. It is looked at when the
 * last connection closes, and when we get another parent; never while somebody is connected.
 */
export class HostWatch {
  readonly #onGone: () => void;
  #probes: NodeJS.Timeout[] = [];
  #parentTimer: NodeJS.Timeout | undefined;
  #parent = process.ppid;

  constructor(onGone: () => void) {
    this.#onGone = onGone;
  }

  /** Nobody is connected yet. */
  start(): void {
    this.#parentTimer ??= setInterval(() => this.#lookForParent(), PARENT_MS).unref();
  }

  /** Somebody has connected. */
  stop(): void {
    for (const timer of this.#probes) clearTimeout(timer);
    this.#probes = [];
    clearInterval(this.#parentTimer);
    this.#parentTimer = undefined;
  }

  /** Nobody is connected any more. */
  suspect(): void {
    this.stop();
    this.start();
    this.#probes = PROBES_MS.map((ms) => setTimeout(() => this.#probe(), ms).unref());
  }

  #lookForParent(): void {
    if (process.ppid === this.#parent) return;
    this.#parent = process.ppid;
    this.suspect();
  }

  #probe(): void {
    if (!isReadBySomebody()) this.#onGone();
  }
}

/** A host takes an empty line after the handshake for nothing; what is no pipe is left alone. */
function isReadBySomebody(): boolean {
  try {
    const stdout = fstatSync(STDOUT);
    if (stdout.isFIFO() || stdout.isSocket()) writeSync(STDOUT, '\n');
    return true;
  } catch (error) {
    // EAGAIN: the pipe is full, so somebody has it open.
    const { code } = error as NodeJS.ErrnoException;
    return code !== 'EPIPE' && code !== 'ECONNRESET';
  }
}
