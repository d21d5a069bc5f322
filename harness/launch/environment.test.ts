import { afterEach, expect, test } from 'vitest';

import { childEnvironment, MARKER_VARIABLE } from './environment.js';
import { launch } from './test/programs.util.js';

const realEnvironment = process.env;
afterEach(() => {
  process.env = realEnvironment;
});

/** The whole environment of a launched process; its folders are shown as `<home>`, `<tmp>` and `<cwd>`. */
async function environmentOf(options: Parameters<typeof launch>[1]): Promise<Record<string, string>> {
  const running = await launch(['/usr/bin/env'], options);
  await running.outputClosed;
  const lines = running.stdout.text().trimEnd().split('\n');
  const folders = Object.entries(running.folders);
  const variables = lines.map((line): [string, string] => {
    const [name = '', value = ''] = line.split('=');
    const folder = folders.find(([, path]) => path === value);
    return [name, folder === undefined ? value : `<${folder[0]}>`];
  });
  return Object.fromEntries(variables.filter(([name]) => name !== MARKER_VARIABLE));
}

const OWN = { HOME: '<home>', TMPDIR: '<tmp>', TMP: '<tmp>', TEMP: '<tmp>' };

test('a launched process sees an allow list, and nothing else', async () => {
  const allowed = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', LC_ALL: 'C', LC_TIME: 'de_DE', TZ: 'UTC' };
  process.env = { ...allowed, HOME: '/root', AWS_SECRET_ACCESS_KEY: 'secret', PLUGIN_PROTOCOL_VERSIONS: '7' };
  expect(await environmentOf({})).toEqual({ ...allowed, ...OWN });
});

test('with inheritEnv it sees the rest too, save stale PLUGIN_ variables', async () => {
  const inherited = { PATH: '/usr/bin:/bin', SECRET: 's', GOPATH: '/go' };
  const stale = { PLUGIN_CLIENT_CERT: 'stale', PLUGIN_MIN_PORT: '10000' };
  process.env = { ...inherited, ...stale, HOME: '/root', PWD: '/somewhere' };
  const seen = await environmentOf({ inheritEnv: true, env: { PLUGIN_MIN_PORT: '20000' } });
  expect(seen).toEqual({ ...inherited, ...OWN, PWD: '<cwd>', PLUGIN_MIN_PORT: '20000' });
});

test('what the caller sets wins, and undefined takes away', async () => {
  process.env = { PATH: '/usr/bin:/bin', IGLU_PLUGIN: 'ours', LANG: 'C' };
  const env = { TMPDIR: '/elsewhere', IGLU_PLUGIN: undefined, LANG: undefined, TZ: 'Asia/Tokyo' };
  expect(await environmentOf({ env, inheritEnv: true })).toEqual({
    ...OWN,
    PATH: '/usr/bin:/bin',
    TMPDIR: '/elsewhere',
    TZ: 'Asia/Tokyo',
  });
});

test('values of several lines arrive as they are', async () => {
  const running = await launch(['/bin/sh', '-c', 'printf %s "$PLUGIN_CLIENT_CERT"'], {
    env: { PLUGIN_CLIENT_CERT: '-----BEGIN\nü\n' },
  });
  await running.outputClosed;
  expect(running.stdout.text()).toBe('-----BEGIN\nü\n');
});

test('the marker of a harness around us is kept in front of our own', () => {
  const folders = { root: '/r', cwd: '/r/w', home: '/r/h', tmp: '/r/t' };
  const outer = '00000000-0000-0000-0000-000000000000';
  const markerWhen = (ours: string | undefined): string | undefined =>
    childEnvironment({ env: { [MARKER_VARIABLE]: 'theirs' } }, folders, 'mine', { [MARKER_VARIABLE]: ours })[
      MARKER_VARIABLE
    ];
  expect(markerWhen(undefined)).toBe('mine');
  expect(markerWhen(outer)).toBe(`${outer},mine`);
  expect(markerWhen(`${outer},${outer}`)).toBe(`${outer},${outer},mine`);
  expect(markerWhen('something else')).toBe('mine');
});
