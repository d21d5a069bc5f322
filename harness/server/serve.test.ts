import { execa } from 'execa';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { connectSocket, type LaunchedPlugin } from '../client/index.js';
import { INT, INTERFACE, STRING, UINT } from '../gob/index.js';
import { createCertificate, type PluginAddress } from '../handshake/index.js';
import { RpcClient, serveRpc } from '../netrpc/index.js';
import { useTestPlugins } from './test-plugins.util.js';

const plugins = useTestPlugins();

async function socketPath(plugin: LaunchedPlugin): Promise<string> {
  const { address } = await plugin.handshake;
  return (address as Extract<PluginAddress, { network: 'unix' }>).path;
}

/** Runs the plugin by hand. */
const byHand = async (
  env: Record<string, string>,
): Promise<{ exitCode?: number; stdout: string; stderr: string }> =>
  execa(plugins.path, { env: { TEST_PLUGIN: '', ...env }, reject: false });

describe('what it needs before it serves', () => {
  test.each([
    ['no cookie', {}],
    ['another cookie', { TEST_PLUGIN: 'no' }],
  ])('%s: go-plugin’s own text, and exit code 1', async (_, env) => {
    const { exitCode, stdout, stderr } = await byHand(env);
    expect(stderr).toBe(
      'This binary is a plugin. These are not meant to be executed directly.\n' +
        'Please execute the program that consumes these plugins, which will\n' +
        'load any plugins automatically',
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  });

  test.each([
    ['a cookie without a key', { TEST_COOKIE_KEY: '' }],
    ['no version to serve', { TEST_PLUGIN: 'yes', TEST_VERSIONS: '' }],
  ])('%s: told to the author', async (_, env) => {
    const { exitCode, stderr } = await byHand(env);
    expect(stderr).toMatch(/^Misconfigured plugin: /);
    expect(exitCode).toBe(1);
  });

  test('a temp folder with a short path', async () => {
    const plugin = await plugins.start({ tmpdirMinLength: 120 });
    await expect(plugin.handshake).rejects.toMatchObject({ code: 'HANDSHAKE_NO_LINE' });
    expect(await plugin.process.exit).toMatchObject({ code: 1 });
    expect(plugin.process.stderr.text()).toMatch(
      /^plugin init error: the socket path .* bytes long.*Is TMPDIR too deep\?\n$/,
    );
    expect(await plugin.process.filesLeft()).toEqual([]);
  });

  test('a host’s certificate that can be read', async () => {
    const plugin = await plugins.start({ env: { PLUGIN_CLIENT_CERT: 'garbage' } });
    await expect(plugin.handshake).rejects.toMatchObject({ code: 'HANDSHAKE_NO_LINE' });
    expect(await plugin.process.exit).toMatchObject({ code: 1 });
    expect(plugin.process.stderr.text()).toMatch(/^plugin init error: PLUGIN_CLIENT_CERT is no certificate/);
  });
});

describe('the handshake', () => {
  test.each<[string, string, readonly number[] | null, number]>([
    ['the only one', '1', [1], 1],
    ['the highest in common', '1,2,5', [2, 1, 7], 2],
    ['in whatever order', '5,2', [2, 5], 5],
    ['none in common: the lowest', '3,2', [7, 9], 2],
    ['none offered, as old hosts do: the lowest', '3,2', null, 2],
  ])('agrees on a version: %s', async (_, served, versions, agreed) => {
    const { plugin, client } = await plugins.open({
      env: { TEST_VERSIONS: served },
      versions,
      acceptedVersions: null,
    });
    expect((await plugin.handshake).protocolVersion).toBe(agreed);
    expect((await client.callRaw('Version', INTERFACE, null)).value).toBe(agreed);
  });

  test('names a socket in the temp folder', async () => {
    const plugin = await plugins.start();
    const path = await socketPath(plugin);
    expect(path).toMatch(new RegExp(`^${plugin.process.folders.tmp}/plugin[0-9a-f]{10}$`));
    expect(statSync(path).isSocket()).toBe(true);
    expect((await plugin.handshake).line).toBe(`1|1|unix|${path}|netrpc|`);
  });

  test('names a socket where the host wants it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sockets-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const { plugin, connection } = await plugins.open({ env: { PLUGIN_UNIX_SOCKET_DIR: folder } });
    expect(readdirSync(folder)).toEqual([(await socketPath(plugin)).slice(folder.length + 1)]);
    await connection.quit().catch(() => {});
    await plugin.process.exit;
    expect(readdirSync(folder)).toEqual([]);
  });

  test('a folder that is not there is told of', async () => {
    const plugin = await plugins.start({ env: { PLUGIN_UNIX_SOCKET_DIR: '/tmp/none/such' } });
    expect(await plugin.process.exit).toMatchObject({ code: 1 });
    expect(plugin.process.stderr.text()).toMatch(/^plugin init error: .*\/tmp\/none\/such/);
  });

  test.runIf(process.getuid?.() === 0)('a socket for a group may be written by the group', async () => {
    for (const group of ['daemon', '1']) {
      const plugin = await plugins.start({ env: { PLUGIN_UNIX_SOCKET_GROUP: group } });
      const { gid, mode } = statSync(await socketPath(plugin));
      expect([gid, mode & 0o777]).toEqual([1, 0o660]);
    }
    const nobodys = await plugins.start({ env: { PLUGIN_UNIX_SOCKET_GROUP: 'no such group' } });
    expect(await nobodys.process.exit).toMatchObject({ code: 1 });
    expect(nobodys.process.stderr.text()).toContain('there is no group "no such group"');
    expect(await nobodys.process.filesLeft()).toEqual([]);
  });
});

describe('AutoMTLS', () => {
  test('lets the host in, and nobody else', async () => {
    const plugin = await plugins.start({ autoMtls: true });
    const { address, certificate } = await plugin.handshake;
    if (!certificate) throw new Error('no certificate');
    const connection = await plugin.connect();
    await connection.ping();

    const stranger = await createCertificate();
    for (const own of [null, stranger]) {
      const socket = await connectSocket(address, {
        timeoutMs: 20_000,
        tls: { own, plugin: certificate },
      }).catch(() => null);
      // By TLS 1.3 the refusal comes after the client's half of the handshake.
      if (!socket) continue;
      const closed = new Promise((resolve) => socket.on('error', () => {}).on('close', resolve));
      socket.on('data', () => expect.unreachable('a stranger was spoken to'));
      await closed;
    }
    await connection.ping();
  });

  test('survives whatever is not TLS', async () => {
    const plugin = await plugins.start({ autoMtls: true });
    const { address } = await plugin.handshake;
    for (const bytes of ['', 'GET / HTTP/1.1\r\n\r\n', '\0'.repeat(12), '\u0016\u0003\u0001\u0002\u0000']) {
      const socket = await connectSocket(address, { timeoutMs: 20_000 });
      socket.on('error', () => {});
      socket.end(bytes);
      socket.resume();
      await delay(10);
      socket.destroy();
    }
    expect(await (await plugin.connect()).ping()).toBeGreaterThan(0);
  });
});

describe('the broker', () => {
  test('both ways, many at a time', async () => {
    const { connection, client } = await plugins.open();
    const answers = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const id = connection.broker.nextId();
        void connection.broker.accept(id).then((stream) =>
          serveRpc(stream, {
            services: new Map([
              ['Plugin', new Map([['Number', { args: INTERFACE, reply: INT, handle: () => n }]])],
            ]),
          }),
        );
        return (await client.callRaw('CallBack', UINT, id)).value === n;
      }),
    );
    expect(answers).not.toContain(false);
    const { value: id } = await client.callRaw('Serve', INT, 42);
    const counter = await connection.broker.dial(id as number);
    const rpc = new RpcClient(counter, 'counter');
    expect((await rpc.call('Plugin.Number', INTERFACE, null, { timeoutMs: 20_000 })).value).toBe(42);
    rpc.close();
  });

  test('an id that the host does not serve is an error of the call', async () => {
    const { client } = await plugins.open();
    await expect(client.callRaw('CallBack', UINT, 99)).rejects.toThrow('Nobody accepted broker id 99');
  });
});

describe('errors of the author', () => {
  test('a handler that throws is an error of its call', async () => {
    const { client, connection } = await plugins.open();
    await expect(client.callRaw('Throw', STRING, 'no such lamp')).rejects.toMatchObject({
      text: 'no such lamp',
    });
    await connection.ping();
  });

  test('a reply that gob cannot send ends its connection, as in Go, and is on stderr', async () => {
    const { plugin, client, connection } = await plugins.open();
    await expect(client.callRaw('Unencodable', INTERFACE, null)).rejects.toMatchObject({
      code: 'RPC_CONNECTION_LOST',
    });
    await expect
      .poll(() => plugin.process.stderr.text(), EVENTUALLY)
      .toMatch(/^rpc: gob error encoding body: gob: cannot encode .* at \.Err/);
    await connection.ping();
    await (await connection.dispense('test')).callRaw('Version', INTERFACE, null);
  });

  test.each([
    ['what is thrown outside of a handler', 'Crash', STRING, 'out of the blue', 1],
    ['process.exit', 'Exit', INT, 5, 5],
  ] as const)('%s ends the process, and leaves no socket', async (_, method, type, args, code) => {
    const { plugin, client } = await plugins.open();
    const path = await socketPath(plugin);
    await expect(client.callRaw(method, type, args)).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await plugin.process.exit).toMatchObject({ code });
    await plugin.process.outputClosed;
    expect(plugin.process.stderr.text()).toMatch(method === 'Crash' ? /Error: out of the blue/ : /^$/);
    expect(existsSync(path)).toBe(false);
  });
});

describe('signals', () => {
  test('SIGINT changes nothing', async () => {
    const { plugin, connection } = await plugins.open();
    for (let times = 0; times < 3; times++) plugin.process.signal('SIGINT');
    await delay(100);
    await connection.ping();
    expect(plugin.process.exited).toBeUndefined();
  });

  test('SIGTERM ends it, and leaves nothing', async () => {
    const { plugin, client } = await plugins.open();
    const waiting = client.callRaw('Wait', INT, 60_000).catch((error: unknown) => error);
    plugin.process.signal('SIGTERM');
    plugin.process.signal('SIGTERM');
    expect(await plugin.process.exit).toMatchObject({ code: 143, signal: null });
    expect(await waiting).toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await plugin.process.filesLeft()).toEqual([]);
  });

  test('SIGTERM ends it before anybody is connected too', async () => {
    const plugin = await plugins.start();
    await plugin.handshake;
    plugin.process.signal('SIGTERM');
    expect(await plugin.process.exit).toMatchObject({ code: 143 });
    expect(await plugin.process.filesLeft()).toEqual([]);
  });
});

describe('Quit', () => {
  test('is answered, and ends it with 0 and nothing left', async () => {
    const { plugin, connection, client } = await plugins.open();
    const waiting = client.callRaw('Wait', INT, 60_000).catch((error: unknown) => error);
    await connection.quit();
    expect(await plugin.process.exit).toMatchObject({ code: 0, signal: null });
    expect(await waiting).toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await plugin.process.filesLeft()).toEqual([]);
  });

  test('twice, and from two hosts at once', async () => {
    const { plugin, connection } = await plugins.open();
    const other = await plugin.connect();
    await Promise.allSettled([connection.quit(), connection.quit(), other.quit()]);
    expect(await plugin.process.exit).toMatchObject({ code: 0 });
  });
});

test('two connections: what becomes of one is nothing to the other', async () => {
  const { plugin, connection, client } = await plugins.open();
  for (let times = 0; times < 15; times++) {
    const other = await plugin.connect();
    await other.ping();
    if (times % 2 === 0) other.destroy();
    else void other.close();
  }
  await connection.ping();
  expect((await client.callRaw('Version', INTERFACE, null)).value).toBe(1);
  // No listener was left behind by each of them.
  expect(plugin.process.stderr.text()).toBe('');
});

test('a folder that goes while it serves is no obstacle to its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'gone-'));
  const { plugin, connection } = await plugins.open({ env: { PLUGIN_UNIX_SOCKET_DIR: folder } });
  rmSync(folder, { recursive: true });
  await connection.quit();
  expect(await plugin.process.exit).toMatchObject({ code: 0 });
});
