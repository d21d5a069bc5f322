import { expect, test } from 'vitest';
import { hanging, labelled, PLAIN, type Style } from './style.js';
import { columnsOf, cutToColumns } from './width.js';

const red: Style = { ...PLAIN, dim: (text) => `\u001b[31m${text}\u001b[39m` };

test.each([
  ['', 0],
  ['lamp', 4],
  ['日本語', 6],
  ['ラ', 2],
  ['🙂', 2],
  ['e\u0301', 1],
  ['✓ –…', 4],
  ['\u001b[1m\u001b[31mred\u001b[39m\u001b[22m', 3],
])('columns of %j: %d', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

test.each([
  ['abcdef', 6, 'abcdef'],
  ['abcdef', 5, 'abcd…'],
  ['日本語', 5, '日本…'],
  ['日本語', 4, '日…'],
])('%j cut to %d columns: %j', (text, columns, cut) => {
  expect(cutToColumns(text, columns)).toBe(cut);
  expect(columnsOf(cut)).toBeLessThanOrEqual(columns);
});

test('a label has its own column, and the text another', () => {
  expect(labelled('fix', 'Reply to each call, in time.', 34, PLAIN).split('\n')).toEqual([
    '    fix       Reply to each call,',
    '              in time.',
  ]);
  expect(labelled('fix', 'Reply to each call, in time.', 34, red).split('\n')).toEqual([
    '    \u001b[31mfix\u001b[39m       Reply to each call,',
    '              in time.',
  ]);
});

test('a word that is longer than a line stands alone and whole', () => {
  const path = `/${'long/'.repeat(20)}plugin`;
  expect(hanging('✗', `${path} is lost`, { indent: 0, start: 2, columns: 40 }).split('\n')).toEqual([
    `✗ ${path}`,
    '  is lost',
  ]);
});

test('however narrow the terminal, the text keeps 20 columns', () => {
  const lines = labelled('fix', 'one two three four five six seven', 5, PLAIN).split('\n');
  expect(lines).toEqual(['    fix       one two three four', '              five six seven']);
});
