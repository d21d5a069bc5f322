import { describe, expect, test } from 'vitest';
import { DEMO, zoo } from '../run/built.util.js';
import { onTerminal, screenOf } from './terminal.util.js';

const LIVE = /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏] \d+ done/;
// oxlint-disable-next-line no-control-regex
const COLOUR = /\u001b\[3\dm/;
const some = ['--only', 'interface/replies', '--only', 'lifecycle'];

describe('on a terminal', async () => {
  const { exitCode, output } = await onTerminal(
    [...some, '--', ...zoo('never-answers')].toSpliced(0, 0, '--timeout', '1500'),
  );
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

test.each([
  ['NO_COLOR takes the colours', { NO_COLOR: '1' }, false, true],
  ['a dumb terminal has neither', { TERM: 'dumb' }, false, false],
])('%s', async (_, env, coloured, live) => {
  const { output } = await onTerminal(['--only', 'lifecycle/quit-ends-process', '--', ...DEMO], { env });
  expect(COLOUR.test(output)).toBe(coloured);
  expect(LIVE.test(output)).toBe(live);
  expect(screenOf(output)[0]).toMatch(/^✓ \S/);
});

test('in a CI nothing is drawn, terminal or not', async () => {
  const { output } = await onTerminal(['--only', 'lifecycle/quit-ends-process', '--', ...DEMO], {
    env: { CI: 'true' },
  });
  expect(output).not.toMatch(LIVE);
  expect(screenOf(output)[0]).toMatch(/^✓ \S/);
});

test('--quiet has no live line', async () => {
  const { output } = await onTerminal(['--quiet', '--only', 'lifecycle/quit-ends-process', '--', ...DEMO]);
  expect(output).not.toMatch(LIVE);
});
