import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { built, DEMO } from '../run/built.util.js';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { judge } from './cli.util.js';

const folder = tempFolder();

/** A plugin that serves, until it is called. */
const STOPPED_WHEN_CALLED = `import { spawnSync } from 'node:child_process';
import { serveIglu } from ${JSON.stringify(pathToFileURL(built('mocks/plugins/iglu.js')).href)};
const GetManifest = () => {
  spawnSync('kill', ['-STOP', String(process.pid)]);
  return null;
};
await serveIglu({ handlers: { GetManifest } });
`;

/** Plugins that do their best not to end; the line of `judge` sees to it that nothing of them is left. */
const PLUGINS: readonly [name: string, script: string, says: RegExp][] = [
  ['stops itself (SIGSTOP) before its handshake', 'kill -STOP $$\n', /handshake/],
  [
    'serves, and is stopped by its own child',
    `exec '${process.execPath}' '${writeAt(join(folder, 'stopped.mjs'), STOPPED_WHEN_CALLED)}'\n`,
    /did not answer/,
  ],
  ['has a grandchild on its stdout', `sleep 98765 &\nexec '${DEMO.join("' '")}'\n`, /process/i],
  [
    'forks faster than it is killed',
    `mkdir "$TMPDIR/storm" 2>/dev/null; cd "$TMPDIR/storm" || exit 0
     while :; do
       set -- *
       if [ $# -lt 60 ]; then : > $$; "$0" & fi
       sleep 0.01
     done\n`,
    /handshake/,
  ],
];

test.each(PLUGINS)(
  'a plugin that %s: the run ends, says so, and leaves nothing',
  { timeout: 180_000 },
  async (name, script, says) => {
    const plugin = writeAt(join(folder, name.replaceAll(/\W+/g, '-')), `#!/bin/sh\n${script}`);
    const limits = ['--start-timeout', '3000', '--timeout', '1500'];
    const only = ['launch', 'lifecycle', 'interface/replies'].flatMap((glob) => ['--only', glob]);
    const { exitCode, stdout, report } = await judge([plugin, ...limits, ...only]);
    expect(report.verdict).toBe('nonconformant');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(says);
  },
);
