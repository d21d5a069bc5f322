import { openSync, writeSync } from 'node:fs';
import type { DetailsOf, WatchedEventName } from './events.js';

/** A host may call for ever; the record does not grow for ever. In bytes, for one process. */
const MAX_RECORD_BYTES = 8 * 1024 * 1024;

/** Told however long the record is: without them nobody could say how the process ended. */
const LAST_WORDS: ReadonlySet<WatchedEventName> = new Set([
  'cut',
  'quit',
  'signal',
  'connection-closed',
  'host-gone',
  'cleaned-up',
  'exit',
]);

/**
 * Appends events to a file, each in one write(2) with O_APPEND: what was told is there whatever kills the process,
 * and processes that share the file do not write into each other's lines.
 */
export class Recorder {
  readonly #fd: number;
  readonly #told = new Set<WatchedEventName>();
  #bytes = 0;

  /** @throws Error of node:fs */
  constructor(file: string) {
    this.#fd = openSync(file, 'a', 0o600);
    // Whoever wrote before us may have died in the middle of a line.
    writeSync(this.#fd, '\n');
  }

  tell<Name extends WatchedEventName>(event: Name, details: DetailsOf<Name>): void {
    if (this.#bytes > MAX_RECORD_BYTES && !LAST_WORDS.has(event)) {
      if (!this.hasTold('cut')) this.tell('cut', {});
      return;
    }
    this.#told.add(event);
    const uptime = Math.round(performance.now() * 1000) / 1000;
    const line = JSON.stringify({ ...details, event, at: Date.now(), uptime, pid: process.pid });
    this.#bytes += writeSync(this.#fd, `${line}\n`);
  }

  hasTold(event: WatchedEventName): boolean {
    return this.#told.has(event);
  }
}
