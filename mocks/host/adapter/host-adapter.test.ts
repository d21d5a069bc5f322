import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { compile } from '../../../harness/test/compiled.util.js';
import { goExample } from '../../../harness/test/examples.util.js';
import { hasGo } from '../../../harness/test/go.util.js';
import { processesWith, until } from '../../../harness/launch/test/leftovers.util.js';
import { nodePlugin } from '../compiled.util.js';
import { isAlive, useHosts } from '../hosts.util.js';
import { type Driver, useDrivers } from './driver.util.js';
import { HostAdapter } from './host-adapter.js';
import type { AdapterPlugin } from './protocol.js';

const compiled = compile('mocks/host/adapter/main.ts', 'mocks/plugins/iglu.ts');
const hosts = useHosts();
const drive = useDrivers();
const start = (...flags: string[]): Driver => drive(compiled('mocks/host/adapter/main.ts'), ...flags);

/** A plugin that notes a Quit in a file beside it, and has more handlers. */
const mock = (handlers = ''): string =>
  nodePlugin(
    compiled,
    `{ handlers: { ${handlers} }, server: class extends PluginServer {
      quit() { writeFileSync(process.argv[1] + '.quit', ''); super.quit(); }
    } }`,
  ).replace('import', "import { writeFileSync } from 'node:fs';\nimport");
const ID = 'window-lights';
/** Unlike any other, so that its process can be found. */
const SLEEP = `sleep 6${process.pid}.${Math.trunc(Math.random() * 1e9)}`;
const SILENT = `#!/bin/sh\nexec ${SLEEP}\n`;
const load = async (driver: Driver): Promise<readonly AdapterPlugin[]> =>
  (await driver.request('load', { dir: hosts.folder })).plugins;

describe('a host behind its adapter', () => {
  test('loads what is good in a folder, and names what is not', async () => {
    hosts.put('good', { text: mock() });
    hosts.put('README.md', { text: '# Plugins\n', mode: 0o644 });
    mkdirSync(join(hosts.folder, 'folder'));
    hosts.put('silent', { text: SILENT });
    const driver = start('--start-timeout', '2000');
    const { plugins, problems } = await driver.request('load', { dir: hosts.folder });
    const [good] = plugins;
    expect(plugins).toEqual([
      {
        id: ID,
        state: 'Running',
        pid: expect.any(Number),
        file: join(hosts.folder, 'good'),
        manifest: expect.objectContaining({ Id: ID }),
      },
    ]);
    expect(problems.map(({ file }) => file).sort()).toEqual(
      ['README.md', 'folder', 'silent'].map((name) => join(hosts.folder, name)),
    );
    expect(await driver.list()).toEqual(plugins);
    expect(driver.changes).toEqual([{ plugin: good, from: 'Stopped' }]);
  });

  test('answers what can be answered while a load and a call take their time', async () => {
    hosts.put('good', { text: mock('GetDeviceStatus: () => new Promise(() => {})') });
    const driver = start();
    await load(driver);
    hosts.put('good', { text: SILENT });
    void load(driver).catch(() => {});
    const slow = driver.request('call', { id: ID, method: 'GetDeviceStatus', args: { UniqueID: '' } });
    const { reply } = await driver.request('call', { id: ID, method: 'GetAvailableDevices' });
    expect(reply).toHaveProperty('Devices');
    expect(await driver.list()).toHaveLength(1);
    const lost = slow.catch((error: unknown) => error);
    await driver.end();
    expect(await lost).toMatchObject({ kind: 'lost' });
  });

  test('starts, stops, reloads and unloads, and tells of each change before the answer', async () => {
    hosts.put('good', { text: mock() });
    const driver = start();
    const [first] = await load(driver);
    const { plugin: stopped } = await driver.request('stop', { id: ID });
    expect(stopped).toEqual({ id: ID, state: 'Stopped', file: first?.file, manifest: first?.manifest });
    expect(isAlive(first?.pid ?? 0)).toBe(false);
    const { plugin: second } = await driver.request('start', { id: ID });
    const { plugin: third } = await driver.request('reload', { id: ID });
    expect(new Set([first?.pid, second.pid, third.pid]).size).toBe(3);
    expect(await driver.request('unload', { id: ID })).toEqual({});
    expect(await driver.list()).toEqual([]);
    expect(driver.changes.map(({ from, plugin }) => `${from} ${plugin.state}`)).toEqual([
      'Stopped Running',
      'Running Stopped',
      'Stopped Running',
      'Running Stopped',
      'Stopped Running',
      'Running Stopped',
    ]);
  });

  test('says what it could not do, and why', async () => {
    const file = hosts.put('good', {
      text: mock(
        "GetDeviceStatus: ({ UniqueID }) => { if (UniqueID) return new Promise(() => {}); throw new Error('no such device') }",
      ),
    });
    const driver = start('--call-timeout', '500');
    await load(driver);
    const call = (method: string, args: Parameters<typeof driver.request<'call'>>[1]['args'] = null) =>
      driver.request('call', { id: ID, method, args });
    const refused = (kind: string, message: RegExp) =>
      expect.objectContaining({ code: 1, kind, message: expect.stringMatching(message) });
    await expect(call('GetDeviceStatus', { UniqueID: '' })).rejects.toEqual(
      refused('plugin-error', /no such device/),
    );
    await expect(call('GetDeviceStatus', { UniqueID: 'slow' })).rejects.toEqual(refused('timeout', /500 ms/));
    await expect(call('GetDeviceStatus', { UniqueID: 7 })).rejects.toEqual(
      refused('bad-request', /UniqueID/),
    );
    await expect(call('GetDeviceStatus', { $int: 'x' })).rejects.toEqual(refused('bad-request', /\$int/));
    await expect(call('Explode')).rejects.toEqual(refused('bad-request', /Explode/));
    await expect(driver.request('start', { id: ID })).rejects.toEqual(refused('already-running', /running/));
    await expect(driver.request('load', { dir: `${hosts.folder}/none` })).rejects.toEqual(
      refused('bad-request', /none/),
    );
    for (const method of ['start', 'stop', 'reload', 'unload'] as const)
      await expect(driver.request(method, { id: 'nobody' })).rejects.toEqual(
        refused('unknown-plugin', /nobody/),
      );
    await driver.request('stop', { id: ID });
    await expect(call('GetManifest')).rejects.toEqual(refused('not-running', /Stopped/));
    rmSync(file);
    await expect(driver.request('start', { id: ID })).rejects.toEqual(refused('start-failed', /good/));
  });

  test('tells of a crash, and answers the calls in flight', async () => {
    hosts.put('good', { text: mock('GetDeviceStatus: () => process.exit(7)') });
    const driver = start();
    const [before] = await load(driver);
    const call = driver.request('call', { id: ID, method: 'GetDeviceStatus', args: { UniqueID: '' } });
    await expect(call).rejects.toMatchObject({ kind: 'lost', message: expect.stringContaining('code 7') });
    const { pid: _, ...rest } = before ?? {};
    const reason = { kind: 'exit', text: 'The process exited with code 7.' };
    expect(driver.changes.at(-1)).toEqual({ plugin: { ...rest, state: 'Crashed', reason }, from: 'Running' });
    const { stderr } = await driver.end();
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/"window-lights" Stopped → Running, process \d+$/),
      expect.stringMatching(/"window-lights" Running → Crashed: The process exited with code 7\.$/),
      expect.stringMatching(/"window-lights" Crashed → Stopped$/),
    ]);
  });

  test.skipIf(!hasGo)('holds Go plugins, whose every reply is as the schema has it', async () => {
    for (const name of ['lamp', 'amazing']) hosts.put(name, { copyOf: goExample(name) });
    const driver = start();
    expect((await load(driver)).map(({ id }) => id).sort()).toEqual(['amazing', 'lamp']);
    const call = async (method: string, args: Parameters<typeof driver.request<'call'>>[1]['args'] = null) =>
      (await driver.request('call', { id: 'lamp', method, args })).reply as Record<string, never[]>;
    const { Devices } = await call('GetAvailableDevices');
    const [device] = Devices as unknown as { UniqueID: string }[];
    expect(await call('OnDeviceToggle', { Id: device?.UniqueID ?? '', Status: true })).toEqual({ Err: null });
    expect(await call('GetDeviceStatus', { UniqueID: device?.UniqueID ?? '' })).toEqual({ Status: true });
    expect((await call('GetPluginConfiguration'))['Configuration']).not.toEqual([]);
    await expect(
      driver.request('call', { id: 'amazing', method: 'GetAvailableDevices' }),
    ).rejects.toMatchObject({ kind: 'plugin-error' });
  });
});

describe('a line', () => {
  let driver: Driver;
  beforeEach(() => {
    driver = start();
  });

  test.each([
    ['that is empty', '', -32700, null],
    ['of garbage', 'garbage', -32700, null],
    ['that is cut off', '{"jsonrpc":"2.0","id":1,"method":"list"', -32700, null],
    [
      'that is not UTF-8',
      Buffer.from('{"jsonrpc":"2.0","id":"\xff","method":"list"}', 'latin1'),
      -32700,
      null,
    ],
    ['of deep brackets', '['.repeat(100_000), -32700, null],
    ['of null', 'null', -32600, null],
    ['of a string', '"list"', -32600, null],
    ['of a batch', '[{"jsonrpc":"2.0","id":1,"method":"list"}]', -32600, null],
    ['without a version', '{"id":1,"method":"list"}', -32600, 1],
    ['of another version', '{"jsonrpc":"1.0","id":"x","method":"list"}', -32600, 'x'],
    ['with an object as its id', '{"jsonrpc":"2.0","id":{},"method":"list"}', -32600, null],
    ['with null as its id', '{"jsonrpc":"2.0","id":null,"method":"list"}', -32600, null],
    ['without a method', '{"jsonrpc":"2.0","id":2}', -32600, 2],
    ['with a number as its method', '{"jsonrpc":"2.0","id":2,"method":7}', -32600, 2],
    ['with an unknown method', '{"jsonrpc":"2.0","id":3,"method":"explode"}', -32601, 3],
    ["with a method of every object's", '{"jsonrpc":"2.0","id":3,"method":"__proto__"}', -32601, 3],
    ['without params', '{"jsonrpc":"2.0","id":4,"method":"load"}', -32602, 4],
    ['with params by place', '{"jsonrpc":"2.0","id":4,"method":"load","params":["/tmp"]}', -32602, 4],
    [
      'with a param of another type',
      '{"jsonrpc":"2.0","id":4,"method":"load","params":{"dir":7}}',
      -32602,
      4,
    ],
    ['without one of two params', '{"jsonrpc":"2.0","id":4,"method":"call","params":{"id":"x"}}', -32602, 4],
    [
      'with a param too many',
      '{"jsonrpc":"2.0","id":4,"method":"call","params":{"id":"x","method":"y","arguments":{}}}',
      -32602,
      4,
    ],
    [
      'with params where there are none',
      '{"jsonrpc":"2.0","id":4,"method":"list","params":{"all":true}}',
      -32602,
      4,
    ],
  ])('%s is answered with an error, and the next is served', async (_, line, code, id) => {
    driver.write(line);
    expect(await driver.list()).toEqual([]);
    expect(driver.answers[0]).toEqual({
      jsonrpc: '2.0',
      id,
      error: { code, message: expect.stringMatching(/^[^\n]+$/) },
    });
  });

  test('may end in CRLF, and may come in pieces', async () => {
    for (const byte of '{"jsonrpc":"2.0","id":0,"method":"list","params":{}}\r\n')
      driver.process.stdin.write(byte);
    await until(() => driver.answers.length === 1);
    expect(driver.answers).toMatchObject([{ id: 0, result: { plugins: [] } }]);
  });

  test('without an id is obeyed, and not answered', async () => {
    driver.write('{"jsonrpc":"2.0","method":"explode"}');
    driver.write('{"jsonrpc":"2.0","method":"shutdown"}');
    expect(await driver.process).toMatchObject({ exitCode: 0, stdout: '' });
  });
});

describe('a flood of requests', () => {
  test('is answered to the last', async () => {
    hosts.put('good', { text: mock() });
    const driver = start();
    await load(driver);
    const calls = Array.from({ length: 500 }, () =>
      driver.request('call', { id: ID, method: 'GetManifest' }),
    );
    const lists = Array.from({ length: 5000 }, () => driver.list());
    expect(new Set((await Promise.all(calls)).map((result) => JSON.stringify(result))).size).toBe(1);
    expect(new Set((await Promise.all(lists)).map((result) => JSON.stringify(result))).size).toBe(1);
  });

  test('is not read further while its driver does not read', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const serving = new HostAdapter(await hosts.make(), input, output).serve();
    const request = '{"jsonrpc":"2.0","id":1,"method":"list"}\n';
    let sent = 0;
    while (input.write(request) || sent < 10_000) sent += 1;
    await until(() => input.isPaused());
    input.end();
    const answers = (await Promise.all([text(output), serving.then(() => output.end())]))[0];
    expect(answers.split('\n')).toHaveLength(sent + 2);
  });
});

describe('the end', () => {
  const ends: [string, (driver: Driver) => unknown, number][] = [
    ['shutdown', (driver) => driver.request('shutdown', {}), 0],
    ['the end of stdin', (driver) => driver.process.stdin.end(), 0],
    [
      'a driver that is gone',
      (driver) => driver.process.stdout.destroy() && driver.process.stdin.destroy(),
      0,
    ],
    ['SIGTERM', (driver) => driver.process.kill('SIGTERM'), 143],
    ['SIGINT', (driver) => driver.process.kill('SIGINT'), 130],
    ['SIGHUP', (driver) => driver.process.kill('SIGHUP'), 129],
  ];

  test.each(ends)(
    '%s ends every plugin, which is asked first, also one that is being loaded',
    async (_, end, code) => {
      hosts.put('good', { text: mock() });
      const driver = start();
      await load(driver);
      hosts.put('good', { text: SILENT });
      const loading = load(driver).catch((error: unknown) => error);
      await until(() => processesWith(SLEEP).length > 0);
      await end(driver);
      const { exitCode } = await driver.process;
      await loading;
      const left = [...processesWith(hosts.folder), ...processesWith(SLEEP)];
      expect({ exitCode, left }).toEqual({ exitCode: code, left: [] });
      expect(existsSync(join(hosts.folder, 'good.quit'))).toBe(true);
    },
  );

  test('comes at once with a second signal', async () => {
    hosts.put('stubborn', { text: mock().replace('super.quit()', '') });
    const driver = start('--stop-timeout', '600000');
    await load(driver);
    driver.process.kill('SIGTERM');
    await until(() => existsSync(join(hosts.folder, 'stubborn.quit')));
    driver.process.kill('SIGTERM');
    expect(await driver.process).toMatchObject({ exitCode: 143 });
  });
});

test.each([
  [['--nonsense'], 'nonsense'],
  [['--ping-interval', 'often'], 'often'],
  [['--ping-interval', '0'], 'pingIntervalMs is 0'],
  [['--restart', '0'], 'restart.limit is 0'],
  [['--contract', 'nowhere.json'], 'nowhere.json'],
])('the flags %j are refused with the usage', async (flags, text) => {
  const { exitCode, stderr, stdout } = await start(...flags).process;
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(text);
  expect(stderr).toContain('Usage:');
});
