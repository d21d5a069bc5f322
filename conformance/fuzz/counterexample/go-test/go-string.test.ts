import { expect, test } from 'vitest';
import { goString } from './go-string.js';

test.each<[string, string | Uint8Array, string]>([
  ['nothing', '', '""'],
  ['what Go escapes', '"\\\n\t\r\u0000\u007f', String.raw`"\"\\\n\t\r\x00\x7f"`],
  ['a composed and a decomposed letter', '\u00e9e\u0301', String.raw`"\u00e9e\u0301"`],
  ['what is beyond the BMP', '\u{1f600}', String.raw`"\U0001f600"`],
  ['what would reorder or hide the line', '\u202e\ufeff', String.raw`"\u202e\ufeff"`],
  ['what is not UTF-8', Uint8Array.of(0x61, 0xff, 0x22, 0xc3), String.raw`"a\xff\"\xc3"`],
  ['a surrogate alone, as it is sent', '\ud800', String.raw`"\ufffd"`],
  ['a long text of one letter', 'a'.repeat(1024 * 1024), 'strings.Repeat("a", 1048576)'],
  ['a long text of one word', 'ab\n'.repeat(100), String.raw`strings.Repeat("ab\n", 100)`],
  ['a long text of no unit', `${'a'.repeat(99)}b`, `"${'a'.repeat(99)}b"`],
])('%s', (_, text, literal) => {
  expect(goString(text)).toBe(literal);
});
