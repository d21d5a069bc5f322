import * as fc from 'fast-check';

/** Characters that stand for all of a Unicode property: old ones, about which no version of Node says otherwise. */
const WITNESSES = [
  ...Array.from({ length: 0x5f }, (_, index) => String.fromCharCode(0x20 + index)),
  ...Array.from('éÉßñøЖжאبक日あ한٣½²€§«»©÷\u0301\u00a0\t\n'),
];

const PROPERTY = /\\([pP])\{[^}]*\}/gu;

/**
 * Random texts that a pattern matches, mostly: they are judged afterwards. `undefined` where fast-check cannot make
 * any.
 */
export function patternTexts(pattern: string): fc.Arbitrary<string> | undefined {
  for (const readable of [pattern, pattern.replaceAll(/\\[bB]/gu, '')]) {
    try {
      return fc.stringMatching(new RegExp(withoutProperties(readable), 'u'), { maxLength: MAX_LENGTH });
    } catch {
      // An assertion that fast-check does not know.
    }
  }
  return undefined;
}

/** Of what a pattern repeats without end. */
const MAX_LENGTH = 24;

/** The pattern with classes of a few characters in place of Unicode properties. */
function withoutProperties(pattern: string): string {
  let inClass = false;
  let out = '';
  for (let at = 0; at < pattern.length;) {
    PROPERTY.lastIndex = at;
    const match = pattern[at] === '\\' ? PROPERTY.exec(pattern) : undefined;
    if (match?.index === at) {
      const property = new RegExp(match[0], 'u');
      const members = WITNESSES.filter((each) => property.test(each))
        .map(escaped)
        .join('');
      out += inClass ? members : `[${members}]`;
      at += match[0].length;
      continue;
    }
    const length = pattern[at] === '\\' ? 2 : 1;
    if (pattern[at] === '[') inClass = true;
    else if (pattern[at] === ']') inClass = false;
    out += pattern.slice(at, at + length);
    at += length;
  }
  return out;
}

function escaped(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
