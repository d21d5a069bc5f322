import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { escapeControls, quote } from './quote.js';

test.each([
  ['a terminal’s escape sequence', '\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
  ['C1 controls', '\u009b31m', '\\u009b31m'],
  ['line breaks', 'a\r\nb\tc\u2028d\u2029e\u0085f', 'a\\r\\nb\\tc\\u2028d\\u2029e\\u0085f'],
  ['bidirectional overrides and isolates', '\u202egnp.exe\u2066x\u061c', '\\u202egnp.exe\\u2066x\\u061c'],
  ['what has no width', 'a\u200bb\u200dc\u2060d\ufeffe\u00adf', 'a\\u200bb\\u200dc\\u2060d\\ufeffe\\u00adf'],
  ['what renders as nothing', '\u3164\u115f\uffa0\u180e\ufe0f', '\\u3164\\u115f\\uffa0\\u180e\\ufe0f'],
  ['tags beyond the first plane', 'a\u{e0041}\u{e007f}', 'a\\u{e0041}\\u{e007f}'],
  ['spaces that are not the usual one', 'a\u00a0b\u3000c', 'a\\u00a0b\\u3000c'],
  ['halves of surrogate pairs', '\ud83d x \ude00', '\\ud83d x \\ude00'],
  ['NUL and DEL', '\0\u007f', '\\u0000\\u007f'],
])('%s are escaped', (_, text, escaped) => {
  expect(escapeControls(text)).toBe(escaped);
});

test.each(['plain text', 'Übergrößenträger', '日本語', 'עברית', '😀', 'a\\nb "c"', '1|1|unix|/tmp/plugin'])(
  '%s stays',
  (text) => {
    expect(escapeControls(text)).toBe(text);
  },
);

test('no text moves a cursor, and each can be told from its surroundings', () => {
  const judge = (text: string): void => {
    expect(escapeControls(text)).toMatch(/^(?: |[^\p{C}\p{Z}]|[\p{Co}\p{Cn}])*$/u);
    // No quotation mark but the outer two stands without its backslash.
    expect(quote(text, Infinity)).toMatch(/^"(?:[^"\\]|\\.)*"$/);
  };
  fc.assert(fc.property(fc.string({ unit: 'binary' }), judge));
});

test('a long text is cut, and its length told', () => {
  expect(quote('x'.repeat(201))).toBe(`"${'x'.repeat(200)}…" (201 characters)`);
  expect(quote('x'.repeat(200))).toBe(`"${'x'.repeat(200)}"`);
  expect(quote('abc', 2)).toBe('"ab…" (3 characters)');
});
