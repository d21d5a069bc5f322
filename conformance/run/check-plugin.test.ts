import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingsOf, readReport, reportToJson, type CheckResult, type Report } from '../report/index.js';
import { DEMO, zoo } from './built.util.js';
import { checkPlugin, type CheckOptions, type Command } from './index.js';
import { tempFolder, writeAt } from './temp-folder.util.js';
import { TOOL } from './tool.js';

/** A report that is as it has to be, whatever the subject. */
async function check(command: Command, options?: CheckOptions): Promise<Report> {
  const report = await checkPlugin(command, options);
  expect(readReport(reportToJson(report), 'the report')).toEqual(report);
  return report;
}

function outcomesOf(report: Report): Record<string, string> {
  return Object.fromEntries(report.checks.map(({ key, outcome }) => [key, outcome]));
}

describe('the bundled plugin, judged as a whole', async () => {
  const told: CheckResult[] = [];
  const begun: string[] = [];
  const report = await check(DEMO, {
    onResult: (result) => void told.push(result),
    onStart: (key) => void begun.push(key),
  });

  test('is conformant', () => {
    expect(findingsOf(report.checks)).toEqual([]);
    expect(report).toMatchObject({
      verdict: 'conformant',
      problem: null,
      tool: TOOL,
      scope: { full: true, reasons: [] },
      contract: { name: 'iglu' },
      subject: {
        command: DEMO,
        transport: 'netrpc',
        protocolVersion: 1,
        manifest: { Id: 'window-lights' },
        sha256: createHash('sha256').update(readFileSync(process.execPath)).digest('hex'),
      },
    });
    expect(report.checks.every(({ selected, evidence }) => selected && evidence === null)).toBe(true);
  });

  test('and each result was told as it came', () => {
    expect(told.map(({ key }) => key).toSorted()).toEqual(report.checks.map(({ key }) => key).toSorted());
    expect(new Set(begun).size).toBe(begun.length);
  });
});

test('a fault is found, with the evidence', async () => {
  const report = await check(zoo('reply-of-another-kind'), {
    only: ['interface/*@GetDeviceStatus'],
    seed: 9,
  });
  expect(findingsOf(report.checks).map(({ key }) => key)).toEqual(['interface/reply-type@GetDeviceStatus']);
  expect(report).toMatchObject({
    verdict: 'nonconformant',
    seed: 9,
    scope: { full: false, reasons: ['--only interface/*@GetDeviceStatus'] },
  });
  const [finding] = findingsOf(report.checks);
  expect(finding?.evidence?.reproduce).toContain('--only interface/reply-type@GetDeviceStatus --seed 9');
});

test('a known failure is excused, and one that is gone is a failure', async () => {
  const only = ['interface/reply-type@GetDeviceStatus', 'session/ping'];
  const excused = await check(zoo('reply-of-another-kind'), {
    only,
    knownFailing: [{ key: 'interface/reply-type@GetDeviceStatus', reason: 'an old SDK' }],
  });
  expect(excused).toMatchObject({
    verdict: 'conformant',
    scope: { full: false },
    counts: { knownFailing: 1 },
  });
  const stale = await check(DEMO, {
    only: ['session/ping'],
    knownFailing: [{ key: 'session/ping', reason: '' }],
  });
  expect(stale.verdict).toBe('nonconformant');
  expect(findingsOf(stale.checks).map(({ key }) => key)).toEqual(['session/ping']);
});

describe('before a valid handshake line no must is passed', () => {
  const folder = tempFolder();
  const line = (text: string): string =>
    writeAt(join(folder, text.replaceAll(/\W/g, '')), `#!/bin/sh\necho '${text}'\nexec sleep 60\n`);

  test.each([
    ['nothing', (): Command => ['/bin/true']],
    ['another line', (): Command => [line('hello')]],
    ['half a line', (): Command => ['/usr/bin/printf', '1|1|unix']],
    ['a line with another core version', (): Command => [line('2|1|unix|/tmp/x.sock|netrpc')]],
    ['a line with an address elsewhere', (): Command => [line('1|1|tcp|8.8.8.8:53|netrpc')]],
    ['a line with a protocol that there is not', (): Command => [line('1|1|unix|/tmp/x.sock|smtp')]],
  ])('%s', async (_, command) => {
    const report = await check(command(), {
      startTimeoutMs: 1500,
      skip: ['interface', 'errors', 'concurrency'],
    });
    const outcomes = report.checks.filter(({ level }) => level === 'must').map(({ outcome }) => outcome);
    expect(report.verdict).toBe('nonconformant');
    expect(outcomes).not.toContain('passed');
    expect(outcomes).toContain('failed');
  });

  test('even if only what was passed is asked for: then nothing was seen to hold', async () => {
    const report = await check([line('hello')], { only: ['launch/runs'], startTimeoutMs: 20_000 });
    expect(outcomesOf(report)).toEqual({ 'launch/runs': 'inconclusive' });
    expect(report.verdict).toBe('inconclusive');
    expect(report.problem).toMatch(/^it never shook hands: /);
  });
});

describe('what cannot be executed is not judged', () => {
  const folder = tempFolder();
  test.each([
    ['a missing file', (): string => join(folder, 'nowhere'), 'does not exist'],
    ['a folder', (): string => folder, 'is a directory'],
    ['a text', (): string => writeAt(join(folder, 'text'), 'hello\n'), 'text'],
    ['a name that is not on PATH', (): string => 'no-such-plugin', 'PATH'],
  ])('%s', async (_, make, problem) => {
    const report = await check([make()]);
    expect(report.verdict).toBe('inconclusive');
    expect(report.problem).toContain(problem);
    expect(new Set(Object.values(outcomesOf(report)))).toEqual(new Set(['inconclusive']));
  });
});
