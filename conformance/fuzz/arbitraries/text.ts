import type * as fc from 'fast-check';
import { ByteString, type Value } from '../../../harness/value/index.js';
import { ALL_AWKWARD, NOT_UTF8, ORDINARY, UNUSUAL } from './awkward-text.js';
import type { Shrunk, ValueNode } from './node.js';
import type { Run } from './run.js';
import { shrinkBytesOfText, shrinkText } from './shrink-text.js';

export interface TextLimits {
  /** In characters. */
  readonly min: number;
  readonly max: number;
}

/** What a text that may not be just any text is made from; all of it is judged afterwards. */
export interface TextSources {
  /** Known to be valid. */
  readonly listed: readonly string[];
  readonly made: readonly fc.Arbitrary<string>[];
}

/** The longest text that is made, in characters: the 1 MiB that a buffer, a log line or a frame may not be ready for. */
export const LONGEST = 1 << 20;
/** What is long, and still made often. */
const LONG = { min: 1000, max: 8192 };
/** Of so many texts one is long. */
const LONG_OF = 250;
/** Short texts have at most so many characters. */
const SHORT = 8;
/** What the longest texts are made of: one, two and four bytes a character. */
const UNITS = ['a', 'a', 'a', 'é', '😀', '\0', '\n', '<'];
/** Limits below this are tried in ordinary values, the others when something outsized is due. */
const NEAR_LIMIT = 4096;

/** How often what is made, in percent; the rest are awkward texts. */
const SHARE = { empty: 14, ordinary: 30, recent: 12, short: 14, unusual: 4, notUtf8: 3 };
const SHARES = (['empty', 'ordinary', 'recent', 'short', 'unusual', 'notUtf8'] as const).flatMap((kind) =>
  Array<keyof typeof SHARE>(SHARE[kind]).fill(kind),
);
/** In a plain value, in percent. */
const PLAIN_EMPTY = 20;
const PLAIN_SHORT = 15;

export class TextNode implements ValueNode {
  readonly #limits: TextLimits;
  readonly #sources: TextSources | undefined;
  readonly #isFree: boolean;
  readonly #fitting: readonly ByteString[];

  constructor(limits: TextLimits, sources?: TextSources) {
    this.#limits = { min: limits.min, max: Math.min(limits.max, Math.max(LONGEST, limits.min)) };
    this.#sources = sources;
    this.#isFree = limits.min === 0 && limits.max === Infinity;
    this.#fitting = NOT_UTF8.filter((text) => this.#fits(text.toString()));
  }

  make(run: Run): Value {
    if (run.takes('text')) return this.#longest(run);
    const made = this.#sources === undefined ? this.#free(run) : this.#listed(run, this.#sources);
    if (typeof made !== 'string') return made;
    return run.remember(this.#isFree || this.#sources !== undefined ? made : this.#fitted(made));
  }

  *shrink(value: Value, context: unknown): Generator<Shrunk> {
    const { min } = this.#limits;
    if (typeof value === 'string') {
      const tooShort = typeof context === 'number' ? context : undefined;
      for (const shrunk of shrinkText(value, min, tooShort))
        yield { value: shrunk.text, context: shrunk.tooShort };
    } else if (value instanceof ByteString) {
      for (const text of shrinkBytesOfText(value, min)) {
        if (this.#fits(text.toString())) yield { value: text };
      }
    }
  }

  simplest(): Value {
    return 'a'.repeat(this.#limits.min);
  }

  #free(run: Run): string | ByteString {
    if (run.plain) {
      const lot = run.below(100);
      if (lot < PLAIN_EMPTY) return '';
      return lot < PLAIN_EMPTY + PLAIN_SHORT ? short(run) : ordinary(run);
    }
    if (run.below(LONG_OF) === 0) return unit(run).repeat(run.random.nextInt(LONG.min, LONG.max));
    if (!this.#isFree && run.chance(25)) return this.#atLimit(run);
    switch (SHARES[run.below(100)]) {
      case 'empty':
        return '';
      case 'ordinary':
        return ordinary(run);
      case 'recent':
        return run.recent() ?? ordinary(run);
      case 'short':
        return short(run);
      case 'unusual':
        return Array.from({ length: 1 + run.below(SHORT) }, () => run.pick(UNUSUAL)).join('');
      case 'notUtf8':
        return this.#fitting.length > 0 ? run.pick(this.#fitting) : '';
      default:
        return run.pick(ALL_AWKWARD);
    }
  }

  #listed(run: Run, { listed, made }: TextSources): string {
    if (!run.plain && run.chance(12)) return run.recent() ?? short(run);
    if (listed.length > 0 && (made.length === 0 || run.chance(50))) return run.pick(listed);
    if (made.length === 0) return run.chance(50) ? short(run) : run.pick(ALL_AWKWARD);
    return run.pick(made).generate(run.random, undefined).value;
  }

  /** A text as short or as long as can be, or one character off. */
  #atLimit(run: Run): string {
    const { min, max } = this.#limits;
    const lengths = [min, min + 1, ...(max <= NEAR_LIMIT ? [max - 1, max, max] : [])];
    return unit(run).repeat(Math.max(0, run.pick(lengths)));
  }

  #longest(run: Run): string {
    const { min, max } = this.#limits;
    return unit(run).repeat(Math.max(min, Math.min(LONGEST, max)));
  }

  #fits(text: string): boolean {
    if (this.#isFree) return true;
    const { length } = Array.from(text);
    return length >= this.#limits.min && length <= this.#limits.max;
  }

  #fitted(text: string): string {
    const { min, max } = this.#limits;
    if (text.length >= min * 2 && text.length <= max) return text;
    const characters = Array.from(text);
    if (characters.length < min) return text + 'a'.repeat(min - characters.length);
    return characters.length > max ? characters.slice(0, max).join('') : text;
  }
}

function ordinary(run: Run): string {
  return run.pick(ORDINARY);
}

function unit(run: Run): string {
  return run.plain && !run.chance(50) ? 'a' : run.pick(UNITS);
}

/** A few printable ASCII characters. */
function short(run: Run): string {
  let text = '';
  for (let left = 1 + run.below(SHORT); left > 0; left--)
    text += String.fromCharCode(run.random.nextInt(0x20, 0x7e));
  return text;
}
