import { describe, expect, test } from 'vitest';
import { idleGlobs, matcher, selector, type Selection } from './select.js';

const RESULTS = [
  { id: 'launch/runs', key: 'launch/runs', level: 'must' },
  { id: 'launch/starts-in-time', key: 'launch/starts-in-time', level: 'should' },
  { id: 'launch/long-temp-folder', key: 'launch/long-temp-folder', level: 'may' },
  { id: 'interface/replies', key: 'interface/replies@Get', level: 'must' },
  { id: 'interface/replies', key: 'interface/replies@lamp.Get', level: 'must' },
  { id: 'interface/stable', key: 'interface/stable@Get', level: 'should' },
] as const;

function meant(glob: string): string[] {
  return RESULTS.filter(matcher(glob)).map(({ key }) => key);
}

test.each([
  ['launch', ['launch/runs', 'launch/starts-in-time', 'launch/long-temp-folder']],
  ['l*', ['launch/runs', 'launch/starts-in-time', 'launch/long-temp-folder']],
  ['launch/runs', ['launch/runs']],
  ['interface/replies', ['interface/replies@Get', 'interface/replies@lamp.Get']],
  ['interface/replies@Get', ['interface/replies@Get']],
  ['interface/replies@lamp.*', ['interface/replies@lamp.Get']],
  ['interface/*@Get', ['interface/replies@Get', 'interface/stable@Get']],
  ['*/s*', ['launch/starts-in-time', 'interface/stable@Get']],
  ['**@Get', ['interface/replies@Get', 'interface/stable@Get']],
  ['l**s', ['launch/runs']],
  ['laun', []],
  ['launch/', []],
  ['launch/run', []],
  ['lunch*/runs', []],
  ['Launch', []],
  // Everything but stars means itself.
  ['interface/replies@lamp?Get', []],
  ['interface/replies@lampxGet', []],
  ['launch/(runs|starts-in-time)', []],
  ['launch/[r]uns', []],
  ['!launch/runs', []],
])('%s means %j', (glob, keys) => {
  expect(meant(glob)).toEqual(keys);
});

test.each(['*', '**', '*/*', '**/**'])('%s means everything', (glob) => {
  expect(meant(glob)).toHaveLength(RESULTS.length);
});

test('a dot in a method’s name is a dot', () => {
  expect(
    matcher('interface/replies@lamp.Get')({
      id: 'interface/replies',
      key: 'interface/replies@lampxGet',
      level: 'must',
    }),
  ).toBe(false);
});

describe('a selection', () => {
  const chosen = (selection: Partial<Selection>): string[] =>
    RESULTS.filter(selector({ only: [], skip: [], level: 'may', ...selection })).map(({ key }) => key);

  test('is everything, unless something is asked for', () => {
    expect(chosen({})).toHaveLength(RESULTS.length);
  });

  test('is what any --only means and no --skip', () => {
    expect(
      chosen({ only: ['launch', 'interface/stable'], skip: ['**/starts-in-time', 'launch/l*'] }),
    ).toEqual(['launch/runs', 'interface/stable@Get']);
  });

  test('of a level is that level and stricter', () => {
    expect(chosen({ level: 'must' })).toEqual([
      'launch/runs',
      'interface/replies@Get',
      'interface/replies@lamp.Get',
    ]);
    expect(chosen({ level: 'should', only: ['launch'] })).toEqual(['launch/runs', 'launch/starts-in-time']);
  });
});

test('globs that mean nothing are told, whatever the level', () => {
  const selection: Selection = { only: ['launch', 'lunch'], skip: ['**/stable', 'x/*'], level: 'must' };
  expect(idleGlobs(selection, RESULTS)).toEqual(['lunch', 'x/*']);
  expect(idleGlobs({ only: ['launch/long-temp-folder'], skip: [], level: 'must' }, RESULTS)).toEqual([]);
});
