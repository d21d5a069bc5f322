import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { compile } from '../../harness/test/compiled.util.js';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import type * as ForeignHost from './foreign-host.js';
import type { HostRun, ObserveHostOptions } from './host-run.js';

const SOURCE = 'conformance/hosts/foreign-host.ts';
const compiled = compile(SOURCE);
let foreignHost: typeof ForeignHost;
beforeAll(async () => {
  // A watched plugin runs in Node, which needs JavaScript.
  foreignHost = (await import(pathToFileURL(compiled(SOURCE)).href)) as typeof ForeignHost;
});

const observe = (
  options: Partial<ObserveHostOptions> & Pick<ObserveHostOptions, 'command'>,
): Promise<HostRun> =>
  foreignHost.observeHost({
    behaviour: 'good',
    contract: 'iglu',
    timeoutMs: 20_000,
    settleMs: 200,
    ...options,
  });

/** The names of what happened to the plugin in its n-th launch. */
const story = ({ record }: HostRun, n = 0): string[] => (record[n]?.events ?? []).map(({ event }) => event);

const steps = (run: HostRun): unknown[] =>
  run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);

function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe.skipIf(!hasGo)('a host of stock go-plugin', { concurrent: true }, () => {
  const host = (behaviour: ObserveHostOptions['behaviour'], ...flags: string[]): Promise<HostRun> =>
    observe({
      behaviour,
      command: [goExample('host'), '-only', 'GetManifest', ...flags, '{plugin}'],
    });

  test('does as it should with a good plugin, and leaves nothing', async () => {
    const run = await host('good', '-mtls');
    expect(run.ended).toMatchObject({ code: 0, signal: null });
    expect(steps(run)).toContainEqual({ step: 'exit', reply: 'exit status 0' });
    expect(run.stderr).toContain('plugin exited');
    const told = story(run).join(' ');
    expect(told).toMatch(/^launched handshake connection .*dispense stream call answered ping quit .*exit$/);
    expect(run.record[0]?.events[0]).toMatchObject({
      ppid: run.pid,
      cookie: 'right',
      autoMtls: true,
      stdin: 'pipe',
    });
    expect(run.children.during.map(({ pid }) => pid)).toContain(run.record[0]?.pid);
    expect(run.children).toMatchObject({ atEnd: [], after: [] });
    expect(run.filesLeft).toEqual([]);
    expect(run.survivors).toEqual([]);
    expect(existsSync(run.plugin)).toBe(false);
  });

  test('sees a plugin die in a call', async () => {
    const run = await host('dies-in-call');
    expect(steps(run)).toEqual(
      expect.arrayContaining([
        { step: 'GetManifest', error: 'unexpected EOF' },
        { step: 'exit', reply: 'signal: killed' },
      ]),
    );
    expect(story(run).at(-1)).toBe('call');
    // Whose socket is left by its death.
    expect(run.filesLeft).toMatchObject([{ folder: 'tmp', kind: 'socket' }]);
  });

  test('kills a plugin that ignores Quit, two seconds after it', async () => {
    const run = await host('ignores-quit');
    expect(steps(run)).toContainEqual({ step: 'exit', reply: 'signal: killed' });
    expect(story(run)).toContain('quit');
    expect(story(run)).not.toContain('exit');
    const quit = run.record[0]?.events.find(({ event }) => event === 'quit');
    expect((run.ended?.at ?? 0) - (quit?.at ?? 0)).toBeGreaterThan(1_900);
    expect(run.children.after).toEqual([]);
  });

  test('cannot end a plugin whose child holds its stdout, and leaves the child', async () => {
    const run = await host('leaves-a-child', '-timeout', '3s');
    expect(steps(run)).toEqual(
      expect.arrayContaining([
        { step: 'Kill', error: 'no answer within 3s' },
        { step: 'exit', error: 'the process has not exited' },
      ]),
    );
    const child = run.record[0]?.events.find(({ event }) => event === 'child');
    expect(child).toBeDefined();
    expect(run.children.after).toMatchObject([{ pid: (child as { childPid: number }).childPid }]);
  });

  test('bears odd logs', async () => {
    const run = await host('odd-logs');
    expect(run.ended).toMatchObject({ code: 0 });
    expect(run.stderr).toContain('the last line of an odd log');
  });

  test('dies of log fields that are no strings', async () => {
    const run = await host('non-string-log-fields');
    expect(run.ended).toMatchObject({ code: 2 });
    expect(run.stderr).toContain('interface conversion: interface {} is float64, not string');
  });

  test('refuses a version that it did not offer, and ends the plugin', async () => {
    const run = await host('other-version');
    const error = 'incompatible API version with plugin. Plugin version: 2, Client versions: [1]';
    expect(steps(run)).toContainEqual({ step: 'connect', error });
    expect(story(run)).toEqual(['launched', 'handshake']);
    expect(run.children.atEnd).toEqual([]);
  });

  test('gives up on a plugin that never shakes hands', async () => {
    const run = await host('never-shakes-hands', '-timeout', '700ms');
    // Its own limit or go-plugin's, which are the same.
    expect(run.stdout).toMatch(/timeout while waiting for plugin to start|no answer within 700ms/);
    expect(story(run)).toEqual(['launched']);
    expect(run.children.atEnd).toEqual([]);
  });
});

/** A host that launches what it finds, and waits: for the plugin, or, told 'stay', for ever. */
const SHELL_HOST = `#!/bin/sh
echo "host in $PWD"
for plugin in "$1"/*; do IGLU_PLUGIN=MzlK0OGpIRs "$plugin" <&0 & done
if [ "$2" = leave ]; then sleep 0.4; exit 3; fi
wait
`;

function shellHost(): string {
  const path = join(testFolder(), 'host');
  writeFileSync(path, SHELL_HOST);
  chmodSync(path, 0o755);
  return path;
}

const shaken: ObserveHostOptions['until'] = (record) =>
  record.some(({ events }) => events.some(({ event }) => event === 'handshake'));

describe('any host', () => {
  test('is looked at until something has happened', async () => {
    const run = await observe({ command: [shellHost(), '{plugins}'], until: shaken });
    expect(run.ended).toBeUndefined();
    expect(run.children).toMatchObject({ atEnd: undefined, after: undefined });
    expect(story(run)).toEqual(['launched', 'handshake']);
  });

  test('is sent a signal when its time has come', async () => {
    const run = await observe({
      command: [shellHost(), '{plugins}'],
      signal: { name: 'SIGTERM', when: shaken },
    });
    expect(run.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
    expect(run.ended?.at).toBeGreaterThanOrEqual(run.signalledAt ?? Infinity);
    expect(run.children.atEnd).toMatchObject([{ pid: run.record[0]?.pid }]);
  });

  test('is ended when its time is over', async () => {
    const run = await observe({ command: [shellHost(), '{plugins}'], timeoutMs: 400 });
    expect(run.ended).toBeUndefined();
    expect(run.survivors).toEqual([]);
  });

  test('may leave its plugin behind', async () => {
    const run = await observe({
      command: [shellHost(), '{plugins}', 'leave'],
      behaviour: 'never-shakes-hands',
    });
    expect(run.ended).toMatchObject({ code: 3 });
    expect(run.children.atEnd).toMatchObject([{ pid: run.record[0]?.pid }]);
  });

  test('gets placeholders filled in its environment too', async () => {
    const run = await observe({
      command: ['/bin/sh', '-c', 'ls "$PLUGIN_DIR"; echo "$OTHER"'],
      env: { PLUGIN_DIR: '{plugins}', OTHER: 'a:{plugin}' },
    });
    expect(run.stdout).toBe(`watched\na:${run.plugin}\n`);
  });

  test('finds the plugin in its own cwd', async () => {
    const run = await observe({
      command: ['/bin/sh', '-c', 'echo "$$"; find . -type f; : > extra; ./plugins/deep/one'],
      place: { pluginsFolder: 'plugins/deep', name: 'one' },
    });
    expect(run.stdout).toContain(`${run.pid}\n./plugins/deep/one\n`);
    expect(story(run)).toEqual(['launched', 'refused', 'exit']);
    expect(run.filesLeft).toEqual([{ folder: 'cwd', path: 'extra', kind: 'file' }]);
  });

  test('finds the plugin at an absolute path, where nothing is touched', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'other'), 'as it was');
    const pluginAt = join(folder, 'new', 'plugin');
    const run = await observe({ command: [pluginAt], place: { pluginAt } });
    expect(story(run)).toEqual(['launched', 'refused', 'exit']);
    expect(readdirSync(folder)).toEqual(['other']);

    const taken = observe({ command: ['true'], place: { pluginAt: join(folder, 'other') } });
    await expect(taken).rejects.toMatchObject({ code: 'HOST_RUN_EXISTS' });
    expect(readFileSync(join(folder, 'other'), 'utf8')).toBe('as it was');
  });

  test.each([
    { why: 'no place', command: ['true'], code: 'HOST_RUN_PLACE' },
    { why: 'a place outside', command: ['true'], place: { pluginAt: '../x' }, code: 'HOST_RUN_PLACE' },
    { why: 'no host', command: ['/no/such/host'], place: { pluginAt: 'x' }, code: 'HOST_RUN_COMMAND' },
    { why: 'no host, by placeholders', command: ['/no/such/host', '{plugin}'], code: 'LAUNCH_NOT_FOUND' },
  ] as const)('is refused with $why', async ({ code, why: _why, ...options }) => {
    const temp = testFolder();
    vi.stubEnv('TMPDIR', temp);
    onTestFinished(() => void vi.unstubAllEnvs());
    await expect(observe(options)).rejects.toMatchObject({ code });
    expect(readdirSync(temp)).toEqual([]);
  });
});
