import { escapeControls } from '../quote.js';
import { toJson, type JsonValue, type Value } from '../value/index.js';
import { fits } from './fits.js';

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
  /** At most 1000 characters of it. */
  readonly text: string;
  /** Missing where there was none, and where it is of more than 16 KiB: the text says so then. */
  readonly value?: JsonValue;
}

/** How many entries a tape keeps: the last ones tell why something ended. */
const DEFAULT_ENTRIES = 200;

/** A value of more is not kept, in bytes: a peer decides how large its replies are. */
const VALUE_BYTES = 16 * 1024;

/** Longest text of one entry, in characters. */
const TEXT_CHARS = 1_000;

/** Longest text of one printed entry, in characters. */
const LINE_CHARS = 240;

/**
 * What went over the wire, the last entries of it. Recording keeps references to values, which must not change
 * afterwards; printing does the work.
 */
export class Tape {
  readonly #limit: number;
  readonly #start = performance.now();
  #entries: { at: number; entry: TapeEntry }[] = [];
  #dropped = 0;

  constructor(limit: number = DEFAULT_ENTRIES) {
    this.#limit = limit;
  }

  record(entry: TapeEntry): void {
    this.#entries.push({ at: performance.now() - this.#start, entry: shorten(entry) });
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

function shorten(entry: TapeEntry): TapeEntry {
  const { value, ...rest } = entry;
  const isLong = entry.text.length > TEXT_CHARS;
  // A copy: a slice would keep the whole text alive.
  const text = isLong ? `${Buffer.from(entry.text.slice(0, TEXT_CHARS)).toString()}…` : entry.text;
  if (value === undefined || fits(value, VALUE_BYTES)) return isLong ? { ...entry, text } : entry;
  return { ...rest, text: `${text} (a value of more than ${VALUE_BYTES / 1024} KiB)` };
}

/** One line of a tape for people to read; control characters are escaped, long values cut. */
export function formatTapeLine(line: TapeLine): string {
  const where = [line.connection, line.seq === undefined ? undefined : `#${line.seq}`]
    .filter(Boolean)
    .join(' ');
  const value = line.value === undefined ? '' : ` ${JSON.stringify(line.value)}`;
  const text = `${where}${where ? ' ' : ''}${line.text}${value}`;
  const cut = text.length > LINE_CHARS ? `${text.slice(0, LINE_CHARS)}… (${text.length} characters)` : text;
  return `${line.at.toFixed(2).padStart(9)} ${line.direction === 'out' ? '→' : '←'} ${escapeControls(cut)}`;
}
