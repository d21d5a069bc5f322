import type { Schema } from './document.js';
import { greatest, least } from './facets.js';
import { FORMATS } from './formats.js';
import { linearPattern } from './re2.js';
import { UNLIKELY_NUMBER } from './sample-number.js';
import type { Style } from './style.js';

/** What probes send where any text may stand. No device, user, plugin or key is called so. */
export const UNLIKELY_TEXT = 'iglu-conformance-nonesuch';

/** Longer samples are not made: a contract that asks for one is more likely mistaken. */
const MAX_SAMPLE_LENGTH = 65_536;
/** The longest text that is tried against a pattern, in characters. */
const MAX_TRIED_LENGTH = 64;
const TRIED_CHARACTERS = ['a', '0', 'A'];

/** A text that the schemas allow, as far as one can be found by trying. */
export function sampleString(schemas: readonly Schema[], style: Style): string | undefined {
  const min = Math.min(greatest(schemas, 'minLength', 0), MAX_SAMPLE_LENGTH);
  const max = least(schemas, 'maxLength', Infinity);
  const patterns = schemas.flatMap(({ pattern }) => (pattern === undefined ? [] : [linearPattern(pattern)]));
  const formats = schemas.flatMap(({ format }) => FORMATS.get(format ?? '') ?? []);
  const fits = (text: string): boolean => {
    const { length } = Array.from(text);
    if (length < min || length > max) return false;
    if (!patterns.every((pattern) => pattern.test(text))) return false;
    return formats.every((format) => format.validate?.(text) ?? true);
  };
  for (const text of candidates({ min, max, style, samples: formats.map((format) => format.sample) })) {
    if (fits(text)) return text;
  }
  return undefined;
}

interface Wanted {
  readonly min: number;
  readonly max: number;
  readonly style: Style;
  readonly samples: readonly ((n: number) => string | number)[];
}

function* candidates({ min, max, style, samples }: Wanted): Generator<string> {
  const n = style.name === 'varied' ? style.n : style.name === 'unlikely' ? UNLIKELY_NUMBER : 0;
  for (const sample of samples) yield String(sample(n));
  for (const text of free(style)) yield fitted(text, min, max);
  const lengths = Math.max(min, Math.min(max, MAX_TRIED_LENGTH));
  const digits = style.name === 'smallest' ? '' : String(n);
  for (const tail of new Set([digits, ''])) {
    for (let length = Math.max(min, tail.length); length <= lengths; length++) {
      for (const character of TRIED_CHARACTERS) yield character.repeat(length - tail.length) + tail;
    }
  }
}

function free(style: Style): string[] {
  if (style.name === 'unlikely') return [UNLIKELY_TEXT];
  return style.name === 'varied' ? [`caller-${style.n}`, String(style.n)] : [''];
}

/** Too long a text keeps its end, which tells the members of a family apart. */
function fitted(text: string, min: number, max: number): string {
  const padded = text === '' ? 'a'.repeat(min) : text.padStart(min, 'a');
  return padded.length > max ? padded.slice(padded.length - max) : padded;
}
