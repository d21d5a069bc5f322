import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { readReport, ReportError, reportToJson, SCHEMA_VERSION, type ReportSet } from './index.js';
import schema from './report.schema.json' with { type: 'json' };
import { sampleBlocked, sampleFinding, sampleReport, sampleResult } from './sample.util.js';

const report = sampleReport([
  sampleResult('launch/runs'),
  sampleFinding('interface/replies@Get', 'must'),
  sampleBlocked('interface/stable@Get', 'interface/replies@Get'),
]);
const set: ReportSet = { schemaVersion: SCHEMA_VERSION, kind: 'set', reports: [report, sampleReport([])] };

test('the schema is a strict 2020-12 schema, and everything in it has a title', () => {
  expect(() => new Ajv2020({ strict: true }).compile(schema)).not.toThrow();
  const untitled: string[] = [];
  const visit = (node: unknown, path: string): void => {
    if (typeof node !== 'object' || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'if' || key === 'then' || key === 'else') continue;
      const at = `${path}/${key}`;
      if (/\/(?:properties|\$defs)$/.test(path) && !('title' in value) && !('$ref' in value))
        untitled.push(at);
      visit(value, at);
    }
  };
  visit(schema, '');
  expect(untitled).toEqual([]);
});

test('a report and a set are read as they were written', () => {
  expect(readReport(reportToJson(report), 'r.json')).toEqual(report);
  expect(readReport(reportToJson(set), 'r.json')).toEqual(set);
});

test('evidence may hold more than is known today', () => {
  const [, finding] = report.checks;
  const more = { ...report, checks: [{ ...finding, evidence: { shrunkFrom: 17 } }] };
  expect(readReport(JSON.stringify(more), 'r.json')).toEqual(more);
});

type Change = (
  document: Record<string, unknown> & { checks: Record<string, unknown>[]; scope: object },
) => unknown;

test.each<[name: string, expected: string, change: Change]>([
  ['a key too many at the top', '"verdicts"', (d) => ({ ...d, verdicts: [] })],
  ['a key too many in a result', '"/checks/0"', (d) => ({ ...d, checks: [{ ...d.checks[0], score: 1 }] })],
  ['a missing key', "must have required property 'seed'", (d) => ({ ...d, seed: undefined })],
  ['another version', '"/schemaVersion"', (d) => ({ ...d, schemaVersion: 2 })],
  ['another kind', '"/kind"', (d) => ({ ...d, kind: 'summary' })],
  [
    'an outcome that there is not',
    '"/checks/0/outcome"',
    (d) => ({ ...d, checks: [{ ...d.checks[0], outcome: 'flaky' }] }),
  ],
  [
    'a pass that something hinders',
    '"/checks/0/blockedBy"',
    (d) => ({ ...d, checks: [{ ...d.checks[0], blockedBy: 'x' }] }),
  ],
  ['a problem beside a verdict', '"/problem"', (d) => ({ ...d, problem: 'none' })],
  ['no problem without one', '"/problem"', (d) => ({ ...d, verdict: 'inconclusive' })],
  [
    'a full scope with reasons',
    '"/scope/reasons"',
    (d) => ({ ...d, scope: { full: true, reasons: ['--only x'] } }),
  ],
  ['a set in a set', '"/reports/0', () => ({ ...set, reports: [set] })],
  ['an array', 'must be object', () => []],
])('refused: %s', (_, expected, change) => {
  const text = JSON.stringify(change(structuredClone(report) as never));
  expect(() => readReport(text, 'r.json')).toThrow(ReportError);
  expect(() => readReport(text, 'r.json')).toThrow(expected);
  expect(() => readReport(text, 'r.json')).toThrow(/^r\.json is not a report/);
});

test('what is not JSON is said to be none', () => {
  expect(() => readReport('{"kind": report}', 'r.json')).toThrow(
    expect.objectContaining({ code: 'REPORT_NOT_JSON' }),
  );
});
