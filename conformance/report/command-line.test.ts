import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { escapeControls } from '../../harness/quote.js';
import { commandLine } from './command-line.js';

const WORDS = [
  './plugin',
  '--only=launch/*',
  'two words',
  '',
  "it's",
  '$HOME `id` "x" \\ ! # ~ *',
  '~/plugin',
  '=ls',
  'ü 日本',
  'a\u001b[31mb',
  "\u202egnp.exe\u0007f'\\",
  'line\nend\ttab',
];

test('a shell reads the very words', () => {
  const read = execFileSync('bash', ['-c', `printf '%s\\0' ${commandLine(WORDS)}`], { encoding: 'utf8' });
  expect(read.split('\0').slice(0, -1)).toEqual(WORDS);
});

test('nothing in it fools a terminal, and plain words stay as they are', () => {
  const line = commandLine(WORDS);
  expect(escapeControls(line)).toBe(line);
  expect(commandLine(['node', './plugin.js', 'a=b'])).toBe('node ./plugin.js a=b');
});
