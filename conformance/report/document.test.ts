import { expect, test } from 'vitest';
import { countResults, findingsOf, verdictOf, type CheckResult, type Verdict } from './index.js';
import { sampleBlocked, sampleFinding, sampleResult } from './sample.util.js';

const passed = sampleResult('launch/runs');
const unknown = sampleResult('session/ping', { outcome: 'inconclusive' });
const inapplicable = sampleResult('logging/lines-parse', { outcome: 'not-applicable' });
const known = sampleResult('errors/reach-the-host@OnLoad', { outcome: 'known-failing' });
const must = sampleFinding('handshake/address', 'must');
const should = sampleFinding('launch/starts-in-time', 'should');
const may = sampleFinding('lifecycle/terminates', 'may');
const blocked = sampleBlocked('session/connects', 'handshake/address');

test.each<[string, CheckResult[], Verdict]>([
  ['no results', [], 'inconclusive'],
  ['nothing but what could not be told', [unknown], 'inconclusive'],
  ['nothing but what does not apply', [inapplicable], 'inconclusive'],
  ['nothing but known failures', [known], 'inconclusive'],
  ['nothing but a warning', [should], 'inconclusive'],
  ['nothing but what was not reached', [blocked], 'inconclusive'],
  ['one that holds', [passed], 'conformant'],
  [
    'one that holds amid everything that is not held against a plugin',
    [passed, unknown, inapplicable, known, should, may],
    'conformant',
  ],
  ['one must among many that hold', [passed, passed, must], 'nonconformant'],
  ['a must alone', [must, blocked], 'nonconformant'],
])('%s: %3$s', (_, checks, verdict) => {
  expect(verdictOf(checks)).toBe(verdict);
});

test('findings are the failures that follow from no other', () => {
  expect(findingsOf([passed, must, blocked, may, known])).toEqual([must, may]);
});

test('every result is counted once', () => {
  const checks = [
    passed,
    passed,
    must,
    should,
    may,
    may,
    blocked,
    blocked,
    blocked,
    unknown,
    inapplicable,
    known,
  ];
  expect(countResults(checks)).toEqual({
    passed: 2,
    failed: { must: 1, should: 1, may: 2 },
    blocked: 3,
    notApplicable: 1,
    inconclusive: 1,
    knownFailing: 1,
  });
});
