import { expect, test } from 'vitest';
import { escapeControls } from '../../harness/quote.js';
import { readReport, reportToJson } from './index.js';
import { sampleFinding, sampleReport, sampleResult } from './sample.util.js';

const HOSTILE = '\u001b[2J\u009b31m\u007f \u202etxt.exe\u2066 \u2028\u2029 \u{e0041} \ufeff';

test('what a plugin said comes back as it was, and does nothing to a terminal meanwhile', () => {
  const report = sampleReport([
    sampleResult('launch/runs'),
    sampleFinding('interface/replies@Get', 'must', {
      actual: HOSTILE,
      evidence: { stderr: HOSTILE, more: [1] } as never,
    }),
  ]);
  const text = reportToJson(report);
  expect(escapeControls(text.replaceAll('\n', ''))).toBe(text.replaceAll('\n', ''));
  expect(text.endsWith('}\n')).toBe(true);
  expect(readReport(text, 'it')).toEqual(report);
});
