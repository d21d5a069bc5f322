import { join } from 'node:path';
import { expect, test } from 'vitest';
import { DEMO, zoo } from '../run/built.util.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { firstLine, judge } from './cli.util.js';

const folder = tempFolder();
const KEY = 'interface/reply-type@GetDeviceStatus';
const ONLY = ['--only', KEY, '--only', 'session/ping'];

function list(text: string): string {
  return writeAt(join(folder, `known-${Math.random()}`), text, 0o644);
}

test('a finding that is known does not count, and is told with its reason', async () => {
  const known = list(`# the lamp\n${KEY}  # its SDK is old\n`);
  const { exitCode, stdout, report, results } = await judge([
    ...ONLY,
    '--known-failing',
    known,
    '--',
    ...zoo('reply-of-another-kind'),
  ]);
  expect(exitCode).toBe(0);
  expect(results.get(KEY)).toMatchObject({ outcome: 'known-failing', message: 'its SDK is old' });
  expect(report.scope.reasons).toContain('--known-failing');
  expect(report.counts.knownFailing).toBe(1);
  expect(firstLine(stdout)).toMatch(/, 1 known to fail$/);
});

test('an entry that passes is itself a failure', async () => {
  const { exitCode, stdout, results } = await judge([
    ...ONLY,
    '--known-failing',
    list(`${KEY}\n`),
    '--',
    ...DEMO,
  ]);
  expect(exitCode).toBe(1);
  expect(results.get(KEY)).toMatchObject({ outcome: 'failed', blockedBy: null });
  expect(firstLine(stdout)).toMatch(` is nonconformant: ${KEY} is listed as known to fail, and it passes.`);
});

test('an entry whose key there is not is a mistake in the list', async () => {
  const known = list('interface/reply-typ@GetDeviceStatus\n');
  const { exitCode, stdout, stderr } = await judge([...ONLY, '--known-failing', known, '--', ...DEMO]);
  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(
    /^iglu-conformance: "interface\/reply-typ@GetDeviceStatus", which is known to fail, is the key of no result/,
  );
  expect(stderr).toContain(`Did you mean "${KEY}"?`);
});

test('a list that cannot be read is said to be so', async () => {
  const { exitCode, stderr } = await judge(['--known-failing', join(folder, 'nowhere'), '--', ...DEMO]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^iglu-conformance: The known-failing file .*nowhere cannot be read: ENOENT/);
});
