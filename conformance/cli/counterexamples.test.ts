import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { counterexample } from '../fuzz/counterexample/sample.util.js';
import { DEMO, zoo } from '../run/built.util.js';
import { tempFolder } from '../run/temp-folder.util.js';
import { cli } from './cli.util.js';
import { CounterexampleStore } from './counterexample-store.js';

const folder = tempFolder();
const KEY = 'fuzz/process-lives@OnConfigurationUpdate';
const FUZZ = ['--only', 'fuzz/process-lives', '--runs', '300'];

test(
  'what is found is shown, kept, tried first the next time, and replayed',
  { timeout: 120_000 },
  async () => {
    const first = await cli([...FUZZ, '--', ...zoo('dies-of-empty-key')], { cwd: folder });
    expect(first.exitCode).toBe(1);
    expect(first.stdout).toContain(
      'shortest way to see it\n      OnConfigurationUpdate({"Configuration":[{"Key":"","Value":"","UserID":""}]})\n',
    );
    const kept = join('.iglu-conformance', 'counterexamples');
    const [file = '', ...more] = readdirSync(join(folder, kept));
    expect(more).toEqual([]);
    expect(first.stdout).toContain(`${KEY}: npx iglu-conformance replay ${join(kept, file)}\n`);

    // Too little time for anything but what is kept.
    const again = await cli(
      ['--only', 'fuzz/process-lives', '--budget', '1', '--', ...zoo('dies-of-empty-key')],
      {
        cwd: folder,
      },
    );
    expect(again.exitCode).toBe(1);
    expect(again.stdout).toContain(KEY);
    expect(readdirSync(join(folder, kept))).toEqual([file]);

    const failing = await cli(['replay', join(kept, file)], { cwd: folder });
    expect([failing.exitCode, failing.stdout]).toEqual([1, expect.stringContaining('is still failing')]);
    const fixed = await cli(['replay', join(kept, file), '--', ...DEMO], { cwd: folder });
    expect([fixed.exitCode, fixed.stdout]).toEqual([0, expect.stringContaining('is fixed')]);
  },
);

test('of a run that is broken off the smallest is kept of each failure', async () => {
  const store = new CounterexampleStore(join(folder, 'interrupted'));
  store.add(counterexample({ message: 'large' }), '0.0');
  store.add(counterexample({ message: 'small' }), '0.0');
  store.add(counterexample({ key: 'fuzz/replies@GetManifest' }), '1.0');
  expect(await store.keepUnfinished()).toEqual([
    expect.stringMatching(/^fuzz\/process-lives@GetDeviceStatus: npx iglu-conformance replay /),
    expect.stringMatching(/^fuzz\/replies@GetManifest: npx iglu-conformance replay /),
  ]);
  const saved = await new CounterexampleStore(join(folder, 'interrupted')).read();
  expect(saved.map(({ message }) => message).toSorted()).toEqual(['The plugin died of panic.', 'small']);
});

test('what cannot be kept is said, and takes nothing from the report', async () => {
  const store = new CounterexampleStore('/dev/null/counterexamples');
  store.add(counterexample(), '0.0');
  expect(await store.keepUnfinished()).toEqual([expect.stringContaining('cannot be written to /dev/null/')]);
});
