import { ByteString } from '../../../harness/value/index.js';

/** What callers ordinarily send. Few, so that the same text is in two places and in two calls. */
export const ORDINARY: readonly string[] = ['a', 'b', 'c', '0', '1', 'id', 'key', 'name', 'A', 'on', 'true'];

/** Texts that programs stumble over, by what they are like. */
export const AWKWARD: Readonly<Record<string, readonly string[]>> = {
  // The same to a reader, not to a program: composed, decomposed, ligatures, and what case folding makes longer.
  normalises: ['é', 'e\u0301', 'Å', 'A\u030a', '\u212b', 'ﬁ', 'ß', 'İ', 'ı', 'ǆ', '각', '\u1100\u1161\u11a8'],
  'right to left': ['שלום', 'مرحبا', '\u202eabc\u202c', 'a\u200fb'],
  'zero width': ['\u200b', 'a\u200bb', '\u200d', '👩‍👩‍👧', '\ufeff', '\ufeffa', '\u00ad', '\u2060'],
  // The last code points below the surrogates, and the first above; noncharacters; the ends of the planes.
  'surrogate edge': ['\ud7ff', '\ue000', '\uffff', '\ufffe', '\u{10000}', '\u{10ffff}', '\ufffd'],
  NUL: ['\0', 'a\0b', '\0\0'],
  control: ['\n', '\r\n', '\t', ' ', ' a', 'a ', '\u001b[31m', '\u007f', '\u0085', '\u2028', 'a\nb'],
  'looks like a number': ['-1', '00', '1e309', 'NaN', '-0', '0x10', '9223372036854775808', '1.', '٣', '½'],
  'looks like a path': [
    '/',
    '..',
    '../../etc/passwd',
    'C:\\',
    '~',
    '.',
    'a/b',
    '\\\\?\\',
    'a//b',
    '/dev/null',
  ],
  'looks like a directive': ['%s', '%d%n', '%!s(MISSING)', '{{.}}', '${HOME}', '$(id)', '%', '%v%v%v%v'],
  'looks like SQL': ["'", "' OR 1=1 --", '"; DROP TABLE devices; --', '`', "\\'"],
  'looks like HTML': ['<', '<b>', '</script><script>alert(1)</script>', '&amp;', '&', ']]>'],
  'looks like a regexp': ['.*', '[', '(', '^$', '(a+)+$', '\\', '*', 'a|b', '(?i)'],
  'looks like JSON': ['null', '{}', '[]', '"', 'false', '__proto__', 'undefined', 'nil', '{"a":'],
  separators: [',', ';', ':', '=', '|', 'a,b', 'a=b', 'a:b', '--help', '-', '#', '?', '@'],
};

export const ALL_AWKWARD: readonly string[] = Object.values(AWKWARD).flat();

/** Go strings that are not valid UTF-8. */
export const NOT_UTF8: readonly ByteString[] = [
  [0xff],
  // Go on where nothing has begun; end before all is there; NUL in two bytes; a surrogate; past U+10FFFF.
  [0x80],
  [0x61, 0xe2, 0x82],
  [0xc0, 0x80],
  [0xed, 0xa0, 0x80],
  [0xf4, 0x90, 0x80, 0x80],
  [0x61, 0xff, 0x62],
  [0xc3, 0x28],
].map((bytes) => new ByteString(Uint8Array.from(bytes)));

/** Characters that a random text is made of, apart from printable ASCII. */
export const UNUSUAL: readonly string[] = Array.from(
  'éßİñ日本中שم😀🇨🇭\u0301\u200b\u200d\0\n\t\u{10ffff}\ud7ff\ue000',
);
