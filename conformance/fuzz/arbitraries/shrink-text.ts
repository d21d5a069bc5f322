import { ByteString } from '../../../harness/value/index.js';

/** A list is cut at so many places of each size at most; else only its ends are. */
const MAX_CUTS = 64;
/** In longer texts single characters are not looked at: they are all the same by then, or it would take too long. */
const MAX_SINGLE = 256;

/** What a character is replaced by. */
const SIMPLE = ['a', '0'];

/** Where parts of a list of this length can be taken out, the largest parts first: `[from, to)`. */
export function* cuts(length: number, min: number): Generator<readonly [from: number, to: number]> {
  if (length > min) yield [min, length];
  for (let size = Math.ceil((length - min) / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    if (length - size < min || size >= length) continue;
    const places = Math.ceil(length / size);
    const step = places > MAX_CUTS ? places - 1 : 1;
    for (let place = places - 1; place >= 0; place -= step) {
      const from = Math.min(place * size, length - size);
      yield [from, from + size];
    }
  }
}

/**
 * Shorter lengths, by halves: each with the longest length that is known to be too short, for when it is gone on from
 * there.
 */
export function* shorter(
  length: number,
  min: number,
  tooShort?: number,
): Generator<readonly [length: number, tooShort: number | undefined]> {
  let passed = tooShort;
  let gap = length - (tooShort ?? min);
  if (tooShort !== undefined) gap = Math.floor(gap / 2);
  for (; gap > 0; gap = Math.floor(gap / 2)) {
    yield [length - gap, passed];
    passed = length - gap;
  }
}

/** A text, with the longest length that is known to be too short where all its characters are the same. */
export interface ShrunkText {
  readonly text: string;
  readonly tooShort?: number | undefined;
}

/** Simpler texts of at least `min` characters: shorter ones, then those with simpler characters. */
export function* shrinkText(text: string, min: number, tooShort?: number): Generator<ShrunkText> {
  const [character] = text;
  if (character === undefined) return;
  const length = text.length / character.length;
  if (text === character.repeat(length)) yield* shrinkRow(character, length, min, tooShort);
  else yield* shrinkMixed(Array.from(text), min);
}

/** Where all characters are the same, only their number matters. */
function* shrinkRow(
  character: string,
  length: number,
  min: number,
  tooShort?: number,
): Generator<ShrunkText> {
  const lengths = shorter(length, min, tooShort);
  if (tooShort === undefined && length > min) yield { text: character.repeat(min) };
  for (const simple of simplerThan(character)) yield { text: simple.repeat(length), tooShort };
  for (const [next, passed] of lengths) {
    if (next !== min) yield { text: character.repeat(next), tooShort: passed ?? min };
  }
  // One that is odd may be enough.
  if (length > MAX_SINGLE || length < 2) return;
  for (const simple of simplerThan(character)) yield { text: simple + character.repeat(length - 1) };
}

function* shrinkMixed(characters: readonly string[], min: number): Generator<ShrunkText> {
  const { length } = characters;
  let first = true;
  const plain = { text: 'a'.repeat(length) };
  for (const [from, to] of cuts(length, min)) {
    yield { text: [...characters.slice(0, from), ...characters.slice(to)].join('') };
    if (first) yield plain;
    first = false;
  }
  if (first) yield plain;
  if (length > MAX_SINGLE) return;
  for (const [index, character] of characters.entries()) {
    for (const simple of simplerThan(character)) yield { text: characters.with(index, simple).join('') };
  }
}

function simplerThan(character: string): readonly string[] {
  const at = SIMPLE.indexOf(character);
  return at === -1 ? SIMPLE : SIMPLE.slice(0, at);
}

/** Simpler texts for one that is not valid UTF-8: valid ones, then shorter ones, then those with fewer odd bytes. */
export function* shrinkBytesOfText(text: ByteString, min: number): Generator<string | ByteString> {
  const { bytes } = text;
  const display = text.toString();
  for (const { text: simpler } of shrinkText(display, min)) yield simpler;
  yield display;
  for (const [from, to] of cuts(bytes.length, Math.min(min, bytes.length))) {
    const fewer = new Uint8Array([...bytes.subarray(0, from), ...bytes.subarray(to)]);
    yield goString(fewer);
  }
  if (bytes.length > MAX_SINGLE) return;
  for (const [index, byte] of bytes.entries()) {
    if (byte !== A) yield goString(bytes.with(index, A));
    if (byte !== A && byte !== ODD) yield goString(bytes.with(index, ODD));
  }
}

const A = 0x61;
/** It is in no UTF-8. */
const ODD = 0xff;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The string with these bytes. */
export function goString(bytes: Uint8Array): string | ByteString {
  try {
    return utf8.decode(bytes);
  } catch {
    return new ByteString(bytes);
  }
}
