import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tempFolder, writeAt } from '../run/temp-folder.util.js';
import { judge } from './cli.util.js';

const folder = tempFolder();

/** Tells its environment on stderr, which becomes evidence. */
const teller = writeAt(join(folder, 'teller'), '#!/bin/sh\nenv >&2\nexit 1\n');

const OURS = { DEPLOY_TOKEN: 'secret', LAMP_MODE: 'dim', LANG: 'C.UTF-8', PLUGIN_CLIENT_CERT: 'stale' };

async function environmentSeen(...options: string[]): Promise<Record<string, string>> {
  const { results } = await judge([teller, '--only', 'launch/runs', ...options], { env: OURS });
  const lines = results.get('launch/runs')?.evidence?.stderr?.trimEnd().split('\n') ?? [];
  return Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
}

test('a plugin sees what it needs, and none of our secrets', async () => {
  const seen = await environmentSeen();
  expect(seen).toMatchObject({ LANG: 'C.UTF-8', IGLU_PLUGIN: 'MzlK0OGpIRs', PLUGIN_PROTOCOL_VERSIONS: '1' });
  expect(seen).not.toHaveProperty('DEPLOY_TOKEN');
  expect(seen).not.toHaveProperty('LAMP_MODE');
  expect(seen['HOME']).not.toBe(folder);
});

test('--env sets a variable, or passes ours on', async () => {
  const seen = await environmentSeen('--env', 'LEVEL=a=b c', '--env', 'LAMP_MODE', '--env', 'EMPTY=');
  expect(seen).toMatchObject({ LEVEL: 'a=b c', LAMP_MODE: 'dim', EMPTY: '' });
  expect(seen).not.toHaveProperty('DEPLOY_TOKEN');
});

test('the value of a variable that is passed on stands nowhere in the report', async () => {
  const { report } = await judge(['/bin/true', '--only', 'launch/runs', '--env', 'DEPLOY_TOKEN'], {
    env: OURS,
  });
  expect(JSON.stringify(report)).not.toContain('secret');
  expect(JSON.stringify(report)).toContain('--env DEPLOY_TOKEN ');
});

test('--inherit-env gives everything but go-plugin’s own', async () => {
  const seen = await environmentSeen('--inherit-env');
  expect(seen).toMatchObject({ DEPLOY_TOKEN: 'secret', LAMP_MODE: 'dim' });
  expect(seen).not.toHaveProperty('PLUGIN_CLIENT_CERT');
});

test.each([
  [
    'NO_SUCH_VARIABLE',
    /--env NO_SUCH_VARIABLE: there is no such variable here; .*--env NO_SUCH_VARIABLE=VALUE/,
  ],
  ['=V', /--env wants KEY=VALUE/],
])('--env %s: exit code 2', async (word, line) => {
  const { exitCode, stderr } = await judge([teller, '--env', word]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(line);
});
