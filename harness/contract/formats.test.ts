import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goBuild, hasGo } from '../test/go.util.js';
import { methodWith } from './contract.util.js';
import { FORMATS } from './formats.js';
import { re2Mistake } from './re2.js';

const PATTERNS = [
  '',
  'a',
  '^/rooms/.*$',
  '(?i)kitchen',
  '(?i:kitchen)|hall',
  '(?s).+',
  '(?m)^a$',
  '(?U)a+',
  '[[:alpha:]]+',
  '[^[:space:]]',
  '\\pN',
  '\\p{Greek}',
  '\\P{Lu}',
  '\\p{Klingon}',
  '\\d\\D\\w\\W\\s\\S',
  '\\bword\\b',
  '\\Astart\\z',
  '\\Z',
  '\\x41\\x{10FFFF}',
  '\\x{110000}',
  '\\u0041',
  '\\Qa.b\\E',
  '\\C',
  '(?P<name>a)',
  '(?<name>a)',
  '(?P<name>a)(?P<name>b)',
  '(?P<name>a)(?<name>b)(c',
  '[(?P<a>](?P<a>b)(?P<a>c)',
  '(?P<1a>x)',
  '(?P<a-b>x)',
  "(?'name'a)",
  '(?P=name)',
  '(a)\\1',
  'a(?=b)',
  'a(?!b)',
  '(?<=a)b',
  '(?<!a)b',
  '(?>a)',
  'a**',
  'a*+',
  'a++',
  'a{2,3}?',
  'a{1000}',
  'a{1001}',
  '(a{100}){100}',
  'a{3,2}',
  'a{,3}',
  '(',
  ')',
  '[',
  ']',
  '[b-a]',
  '[a-\\d]',
  '*',
  '+a',
  '\\',
  '\\8',
  'a|*',
  '(?z)',
  '(?#comment)',
  '💡+',
  '{{name}}',
  '#/*$',
];

describe.skipIf(!hasGo)('the format re2', () => {
  let oracle: ReturnType<typeof goBuild>;
  beforeAll(() => {
    oracle = goBuild(new URL('oracle', import.meta.url).pathname);
  });
  afterAll(() => oracle.remove());

  it("accepts what Go's regexp compiles, and nothing else", () => {
    const { stdout } = spawnSync(oracle.binary, { input: JSON.stringify(PATTERNS), encoding: 'utf8' });
    const compiled = JSON.parse(stdout) as boolean[];
    const go = PATTERNS.map((pattern, index) => [pattern, compiled[index]]);
    expect(new Set(compiled)).toEqual(new Set([true, false]));
    expect(PATTERNS.map((pattern) => [pattern, re2Mistake(pattern) === undefined])).toEqual(go);
  });
});

const JUDGED: readonly [string, readonly string[], readonly string[]][] = [
  ['re2', ['^/a$', ''], ['(', '(?=a)', 'a'.repeat(10_001)]],
  [
    'semver',
    ['0.1.0', 'v0.1.0', '1.2.3-rc.1+build.5', 'v10.20.30', '1.0.0-0A.is.legal'],
    [
      '',
      'v',
      '1',
      '1.2',
      'V1.2.3',
      'vv1.2.3',
      '01.2.3',
      '1.2.3.4',
      '1.2.3-',
      '1.2.3-01',
      ' 1.2.3',
      '1.2.3\n',
    ],
  ],
  [
    'slug',
    ['a', 'amazing', 'my-plugin', 'my_plugin_2', '7up'],
    ['', 'Amazing', 'my plugin', '-a', 'a-', 'a--b', 'ä', 'a.b', 'a\n'],
  ],
  ['date-time', ['2020-07-04T12:00:00Z'], ['2020-07-04', '2020-13-01T00:00:00Z']],
  ['uuid', ['123e4567-e89b-12d3-a456-426614174000'], ['123e4567']],
  ['ipv4', ['127.0.0.1'], ['256.0.0.1']],
];

describe('a format', () => {
  it.each(JUDGED)('%s', (format, valid, invalid) => {
    const method = methodWith({ reply: { type: 'string', format } });
    const isValid = (text: string): boolean => method.violationsOfReply(text).length === 0;
    expect(valid.filter((text) => !isValid(text))).toEqual([]);
    expect(invalid.filter(isValid)).toEqual([]);
    expect(method.violationsOfReply(invalid[0] ?? '')).toMatchObject([{ rule: 'format' }]);
  });

  it.each([...FORMATS])('%s has distinct valid samples', (format, { type, sample }) => {
    const method = methodWith({ args: { type, format } });
    const samples = Array.from({ length: 20 }, (_, n) => sample(n));
    for (const value of [...samples, sample(7919)]) expect(method.violationsOfArgs(value)).toEqual([]);
    expect(new Set(samples).size).toBe(20);
  });
});
