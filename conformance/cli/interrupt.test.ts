import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { readReport } from '../report/index.js';
import { DEMO, zoo } from '../run/built.util.js';
import { filesIn, processesOf, tempFolder } from '../run/temp-folder.util.js';
import { cleanEnvironment, expectNothingLeft, MAIN } from './cli.util.js';

const folder = tempFolder();

test.each([
  ['SIGINT', 'a plugin that keeps its promises', DEMO],
  ['SIGTERM', 'a plugin that keeps its promises', DEMO],
  ['SIGINT', 'a plugin that has a child', zoo('leaves-child')],
  ['SIGINT', 'a plugin that ignores SIGTERM', zoo('ignores-sigterm')],
  ['SIGHUP', 'a plugin that never shakes hands', ['/bin/cat']],
] as const)('%s amid the run of %s: exit code 130, and nothing is left', async (signal, name, command) => {
  const env = cleanEnvironment();
  const report = join(folder, `${signal}-${name}.json`);
  const run = execa(process.execPath, [MAIN, '--report', `json=${report}`, '--', ...command], {
    env,
    extendEnv: false,
    reject: false,
    stdin: 'ignore',
    stripFinalNewline: false,
  });
  // Amid the run: a plugin is there, beside ourselves, and listens, if it ever does.
  const listens = (): boolean => filesIn(env.TMPDIR).some((file) => file.includes('/plugin'));
  while (processesOf(env.TMPDIR).length < 2 || (command[0] !== '/bin/cat' && !listens())) await delay(20);
  run.kill(signal);
  const { exitCode, stdout, stderr } = await run;
  expect({ exitCode, stdout }).toEqual({ exitCode: 130, stdout: '' });
  expect(stderr).toBe('Interrupted; every plugin was ended.\n');
  expectNothingLeft(env.TMPDIR);
  expect(readReport(readFileSync(report, 'utf8'), report)).toMatchObject({
    verdict: 'inconclusive',
    problem: `interrupted by ${signal}`,
    checks: [],
  });
});
