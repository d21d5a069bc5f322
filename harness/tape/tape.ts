import { escapeControls } from '../quote.js';
import { toJson, type JsonValue, type Value } from '../value/index.js';

/** One thing that happened between host and plugin. */
export interface TapeEntry {
  readonly layer: 'process' | 'yamux' | 'rpc';
  /** Seen from the host: `out` went to the plugin. */
  readonly direction: 'in' | 'out';
  /** Which connection: `control`, a plugin's name, `stream 7`. */
  readonly connection?: string;
  readonly seq?: number;
  readonly text: string;
  readonly value?: Value;
}

/** An entry as it stands in a report. */
export interface TapeLine {
  /** Milliseconds since the tape began. */
  readonly at: number;
  readonly layer: TapeEntry['layer'];
  readonly direction: TapeEntry['direction'];
  readonly connection?: string;
  readonly seq?: number;
  readonly text: string;
  readonly value?: JsonValue;
}

/** How many entries a tape keeps: the last ones tell why something ended. */
const DEFAULT_ENTRIES = 200;

/** Longest text of one printed entry, in characters. */
const LINE_CHARS = 240;

/** What went over the wire, the last entries of it. Recording keeps references only; printing does the work. */
export class Tape {
  readonly #limit: number;
  readonly #start = performance.now();
  #entries: { at: number; entry: TapeEntry }[] = [];
  #dropped = 0;

  constructor(limit: number = DEFAULT_ENTRIES) {
    this.#limit = limit;
  }

  record(entry: TapeEntry): void {
    this.#entries.push({ at: performance.now() - this.#start, entry });
    // Cut in blocks: shifting an array at every entry would be quadratic in the limit.
    if (this.#entries.length >= 2 * this.#limit) {
      this.#dropped += this.#entries.length - this.#limit;
      this.#entries = this.#entries.slice(-this.#limit);
    }
  }

  /** Entries that are no longer kept. */
  get dropped(): number {
    return this.#dropped + Math.max(0, this.#entries.length - this.#limit);
  }

  /** The entries as data, oldest first; values in their tagged JSON form. */
  lines(): TapeLine[] {
    return this.#entries.slice(-this.#limit).map(({ at, entry: { value, ...rest } }) => ({
      at: Math.round(at * 100) / 100,
      ...rest,
      ...(value === undefined ? {} : { value: toJson(value) }),
    }));
  }

  /** The entries as text, one a line: `   12.30 → lamp #4 GetDeviceStatus {"UniqueID":""}`. */
  toString(): string {
    return this.lines().map(formatTapeLine).join('\n');
  }
}

/** One line of a tape for people to read; control characters are escaped, long values cut. */
export function formatTapeLine(line: TapeLine): string {
  const where = [line.connection, line.seq === undefined ? undefined : `#${line.seq}`].filter(Boolean).join(' ');
  const value = line.value === undefined ? '' : ` ${JSON.stringify(line.value)}`;
  const text = escapeControls(`${where}${where ? ' ' : ''}${line.text}${value}`);
  const cut = text.length > LINE_CHARS ? `${text.slice(0, LINE_CHARS)}… (${text.length} characters)` : text;
  return `${line.at.toFixed(2).padStart(9)} ${line.direction === 'out' ? '→' : '←'} ${cut}`;
}
