import { expect, test } from 'vitest';
import { verdictOf } from '../report/index.js';
import { sampleBlocked, sampleFinding, sampleResult } from '../report/sample.util.js';
import { applyKnownFailing, parseKnownFailing } from './known-failing.js';

test('a file has one key a line, and the reason after #', () => {
  const text =
    '\uFEFF# of the lamp\r\n\r\n  launch/runs   # it is slow # really\ninterface/replies@Get\n\t\n';
  expect(parseKnownFailing(text)).toEqual([
    { key: 'launch/runs', reason: 'it is slow # really' },
    { key: 'interface/replies@Get', reason: '' },
  ]);
  expect(parseKnownFailing('')).toEqual([]);
});

const KNOWN = [
  { key: 'session/ping', reason: 'the bridge is slow' },
  { key: 'session/streams', reason: '' },
];

test('a finding that is known is known-failing, with its reason', () => {
  const results = applyKnownFailing(
    [
      sampleResult('launch/runs'),
      sampleFinding('session/ping', 'must'),
      sampleFinding('session/streams', 'must', { message: 'It hangs.' }),
    ],
    KNOWN,
  );
  expect(results.map(({ outcome, message }) => [outcome, message])).toEqual([
    ['passed', null],
    ['known-failing', 'the bridge is slow'],
    ['known-failing', 'It hangs.'],
  ]);
  expect(verdictOf(results)).toBe('conformant');
});

test('other findings stay findings, and what was not reached stays so', () => {
  const results = [
    sampleFinding('session/connects', 'must'),
    sampleBlocked('session/ping', 'session/connects'),
  ];
  expect(applyKnownFailing(results, KNOWN)).toEqual(results);
});

test('neither does what cannot be told, or does not apply, become anything', () => {
  const results = [
    sampleResult('session/ping', { outcome: 'inconclusive' }),
    sampleResult('session/streams', { outcome: 'not-applicable' }),
  ];
  expect(applyKnownFailing(results, KNOWN)).toEqual(results);
});

test.each(['must', 'should', 'may'] as const)(
  'an entry of level %s that passes is a failure that counts',
  (level) => {
    const [result] = applyKnownFailing([sampleResult('session/ping', { level })], KNOWN);
    expect(result).toMatchObject({
      outcome: 'failed',
      level: 'must',
      blockedBy: null,
      message: 'session/ping is listed as known to fail, and it passes.',
      fix: 'Take session/ping out of the known-failing file.',
    });
    expect(verdictOf(result ? [result, sampleResult('launch/runs')] : [])).toBe('nonconformant');
  },
);
