import { describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { DEMO, zoo } from '../run/built.util.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { onTerminal, screenOf } from './terminal.util.js';

const LIVE = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] \d+ done/;
// oxlint-disable-next-line no-control-regex
const COLOUR = /\u001b\[3\dm/;

describe('on a terminal', async () => {
  const { exitCode, output } = await onTerminal([
    '--only',
    'interface/replies',
    '--timeout',
    '1500',
    '--',
    ...zoo('never-answers'),
  ]);
  const screen = screenOf(output);

  test('a line lives while the run goes on, never longer than the terminal is wide, and nothing of it is left', () => {
    expect(exitCode).toBe(1);
    expect(output).toMatch(LIVE);
    const drawn = output.split('\r').filter((line) => LIVE.test(line));
    expect(drawn.filter((line) => screenOf(line).join('').length > 79)).toEqual([]);
    expect(screen.join('\n')).not.toMatch(LIVE);
  });

  test('the first line is the answer, in colour, and wrapped as everything is', () => {
    expect(screen[0]).toMatch(/^✗ \S/);
    expect(output).toMatch(COLOUR);
    const long = screen.filter(
      (line) => line.length > 80 && !line.startsWith('    again ') && line.trim().includes(' '),
    );
    expect(long).toEqual([]);
  });
});

/** The bundled plugin, so slow that a live line has time to be drawn. */
const slow = writeAt(join(tempFolder(), 'slow'), `#!/bin/sh\nsleep 1\nexec '${DEMO[0]}' '${DEMO[1]}'\n`);
const ping = ['--only', 'session/ping', slow];

test.each([
  ['NO_COLOR takes the colours', { NO_COLOR: '1' }, false, true],
  ['a dumb terminal has neither', { TERM: 'dumb' }, false, false],
])('%s', async (_, env, coloured, live) => {
  const { output } = await onTerminal(ping, { env });
  expect(COLOUR.test(output)).toBe(coloured);
  expect(LIVE.test(output)).toBe(live);
  expect(screenOf(output)[0]).toMatch(/^✓ \S/);
});

test('in a CI nothing is drawn, terminal or not', async () => {
  const { output } = await onTerminal(ping, {
    env: { CI: 'true' },
  });
  expect(output).not.toMatch(LIVE);
  expect(screenOf(output)[0]).toMatch(/^✓ \S/);
});

test('--quiet has no live line', async () => {
  const { output } = await onTerminal(['--quiet', ...ping]);
  expect(output).not.toMatch(LIVE);
});
