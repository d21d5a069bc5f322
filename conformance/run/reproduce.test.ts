import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { built } from './built.util.js';
import { checkPlugin } from './check-plugin.js';
import { reproduceCommand } from './reproduce.js';
import { tempFolder, writeAt } from './temp-folder.util.js';

const folder = tempFolder();

test.each([
  [['./lamp'], 'npx iglu-conformance ./lamp --contract x.json --only launch/runs --seed 7'],
  [['lamp'], 'npx iglu-conformance --contract x.json --only launch/runs --seed 7 -- lamp'],
  [['-lamp/x'], 'npx iglu-conformance --contract x.json --only launch/runs --seed 7 -- -lamp/x'],
  [
    ['node', 'my plugin.js'],
    "npx iglu-conformance --contract x.json --only launch/runs --seed 7 -- node 'my plugin.js'",
  ],
])('%j', (command, expected) => {
  expect(reproduceCommand('launch/runs', { command, flags: ['--contract', 'x.json'], seed: 7 })).toBe(
    expected,
  );
});

test('pasted into a shell, it shows the finding again', async () => {
  const plugin = writeAt(join(folder, "it's\u202e a $plugin"), '#!/bin/sh\necho "mode $MODE" >&2\nexit 3\n');
  // npx runs the bin of the package.
  writeAt(
    join(folder, 'bin/npx'),
    `#!/bin/sh\nshift\nexec "${process.execPath}" "${built('conformance/cli/main.js')}" "$@"\n`,
  );
  const report = await checkPlugin([plugin], {
    only: ['launch'],
    env: { MODE: "o'clock" },
    startTimeoutMs: 20_000,
    seed: 3,
  });
  const [finding] = report.checks.filter(({ outcome }) => outcome === 'failed');
  expect(finding?.key).toBe('launch/runs');

  const command = finding?.evidence?.reproduce ?? '';
  const env = { PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, HOME: folder };
  const again = await execa('bash', ['-c', command], { env, extendEnv: false, reject: false });
  expect(again.exitCode).toBe(1);
  expect(again.stdout).toContain('\n✗ launch/runs  must\n');
  expect(again.stdout).toContain(finding?.actual);
  expect(again.stdout).toContain("mode o'clock");
  expect(again.stdout).toContain('seed 3 ');
  expect(again.stdout).toContain(`again     ${command}`);
});
