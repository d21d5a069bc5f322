import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchable } from './command.js';
import { tempFolder, writeAt } from './temp-folder.util.js';

const folder = tempFolder();
const before = process.env['PATH'];

beforeAll(() => {
  writeAt(join(folder, 'bin', 'runner'), '#!/bin/sh\n');
  writeAt(join(folder, 'plugin.js'), '', 0o644);
  writeAt(join(folder, 'serve'), '', 0o644);
  mkdirSync(join(folder, 'dist'));
  process.env['PATH'] = `${join(folder, 'bin')}:${before}`;
  process.chdir(folder);
});
afterAll(() => {
  process.env['PATH'] = before;
});

test.each([
  ['a name on PATH', ['runner'], [`${folder}/bin/runner`]],
  ['a path', ['./plugin.js'], [`${folder}/plugin.js`]],
  [
    'arguments that are files',
    ['runner', 'plugin.js', './plugin.js', 'serve'],
    [`${folder}/bin/runner`, `${folder}/plugin.js`, `${folder}/plugin.js`, `${folder}/serve`],
  ],
  [
    'arguments that are flags or nothing',
    ['runner', '-x', '--port=1', '', 'absent.js'],
    [`${folder}/bin/runner`, '-x', '--port=1', '', 'absent.js'],
  ],
  [
    'a folder that is written as a path',
    ['runner', './dist', '.'],
    [`${folder}/bin/runner`, `${folder}/dist`, folder],
  ],
  ['a word that happens to be a folder', ['runner', 'dist'], [`${folder}/bin/runner`, 'dist']],
  ['words that no system call takes', ['runner', 'a\0b'], [`${folder}/bin/runner`, 'a\0b']],
] as const)('%s', async (_, command, expected) => {
  expect(await launchable(command)).toEqual(expected);
});

test('a name that is not on PATH is told', async () => {
  await expect(launchable(['plugin.js'])).rejects.toMatchObject({ code: 'LAUNCH_NOT_FOUND' });
});
