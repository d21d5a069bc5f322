import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';

import { EVENTUALLY } from '../test/eventually.util.js';

import { loadContract, type Contract, type MethodContract } from '../contract/index.js';
import { STRING } from '../gob/index.js';
import { createCertificate } from '../handshake/index.js';
import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';
import type { ValueStruct } from '../value/index.js';
import { writeFile } from '../launch/test/programs.util.js';
import { ConnectionError, launch, LaunchedPlugin, type LaunchOptions } from './index.js';

let iglu: Contract;
beforeAll(async () => {
  iglu = await loadContract('iglu');
});

const launched: LaunchedPlugin[] = [];
afterEach(async () => {
  await Promise.all(launched.splice(0).map((plugin) => plugin.end()));
});

function options(command: LaunchOptions['command'], rest: Partial<LaunchOptions> = {}): LaunchOptions {
  const { magicCookieKey: key, magicCookieValue: value, protocolVersions: versions } = iglu.handshake;
  return { command, cookie: { key, value }, versions, plugins: iglu.plugins, ...rest };
}

async function start(
  command: LaunchOptions['command'],
  rest?: Partial<LaunchOptions>,
): Promise<LaunchedPlugin> {
  const plugin = await LaunchedPlugin.start(options(command, rest));
  launched.push(plugin);
  return plugin;
}

const lamp = (rest?: Partial<LaunchOptions>): Promise<LaunchedPlugin> => start([goExample('lamp')], rest);
const method = (name: string): MethodContract => {
  const found = iglu.plugins.get('iglu_plugin')?.methods.get(name);
  if (!found) throw new Error(`no method ${name}`);
  return found;
};

describe.skipIf(!hasGo)('a Go plugin', () => {
  test('launch, handshake, ping, dispense, call, quit', async () => {
    const plugin = await launch(options([goExample('lamp')]));
    launched.push(plugin);
    expect(await plugin.handshake).toMatchObject({
      protocolVersion: 1,
      protocol: 'netrpc',
      certificate: null,
    });
    expect(plugin.handshakeMs).toBeGreaterThan(0);
    const connection = await plugin.connect();
    await connection.streamsAccepted(20_000);
    expect(await connection.ping()).toBeGreaterThan(0);
    const client = await connection.dispense('iglu_plugin');
    const { value, sent, differences } = await client.call('GetManifest');
    expect(value).toMatchObject({ Manifest: { Id: 'lamp', Version: 'v1.2.0' } });
    expect(sent.type.kind).toBe('struct');
    expect(differences).toEqual([]);
    await client.call('OnLoad');
    await expect.poll(() => connection.stdout.text(), EVENTUALLY).toBe('lamp: 3 devices are ready\n');
    await connection.quit().catch(() => {});
    expect(await plugin.process.exit).toMatchObject({ code: 0 });
    expect(plugin.tape.toString()).toContain('iglu_plugin #0 Plugin.GetManifest');
  });

  test('two connections with two dispenses each, and 400 calls in flight over all of them', async () => {
    const plugin = await lamp();
    const connections = await Promise.all([plugin.connect(), plugin.connect()]);
    const clients = await Promise.all(
      connections.flatMap((connection) => [
        connection.dispense('iglu_plugin'),
        connection.dispense('iglu_plugin'),
      ]),
    );
    const calls = Array.from({ length: 400 }, async (_, n) => {
      const id = `no-such-${n}`;
      const error = await clients[n % 4]
        ?.call('GetDeviceStatus', { UniqueID: id })
        .catch((caught: unknown) => caught);
      return (error as { text: string }).text === `no device has the id "${id}"`;
    });
    expect(await Promise.all(calls)).not.toContain(false);
    expect(clients.map(({ rpc }) => rpc.strayReplies + rpc.lateReplies)).toEqual([0, 0, 0, 0]);
    await Promise.all(connections.map((connection) => connection.ping()));
    // One dispensed client is closed; its neighbours go on.
    clients[0]?.close();
    await expect(clients[0]?.call('GetManifest')).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await Promise.all(clients.slice(1).map((client) => client.call('GetManifest')));
    await connections[0]?.close();
    await connections[1]?.ping();
  });

  test('every method of the contract', async () => {
    const client = await (await (await lamp()).connect()).dispense('iglu_plugin');
    for (const { name } of iglu.plugins.get('iglu_plugin')?.methods.values() ?? []) {
      const outcome = await client.call(name, method(name).sampleArgs()).catch((error: unknown) => error);
      // An id that the sample has and the lamp has not is an answer too.
      expect(outcome).toSatisfy((it: ValueStruct) => 'sent' in it || it['code'] === 'RPC_SERVER_ERROR');
    }
  });

  test('a name that it does not have, and a method', async () => {
    const connection = await (await lamp()).connect();
    await expect(connection.dispense('other')).rejects.toMatchObject({ text: 'unknown plugin type: other' });
    const client = await connection.dispense('iglu_plugin');
    await expect(client.callRaw('None', STRING, 'x')).rejects.toMatchObject({
      text: "rpc: can't find method Plugin.None",
    });
    await expect(client.call('None')).rejects.toThrow('has no method None; call it with callRaw');
  });

  test('AutoMTLS: the host is let in, others are not', async () => {
    const plugin = await lamp({ autoMtls: true });
    expect((await plugin.handshake).certificate?.length).toBeGreaterThan(300);
    const connection = await plugin.connect();
    await connection.ping();
    const { value } = await (await connection.dispense('iglu_plugin')).call('GetManifest');
    expect(value).toMatchObject({ Manifest: { Id: 'lamp' } });
    for (const shown of [false, await createCertificate()]) {
      // By TLS 1.3 the refusal comes after the client's handshake.
      const stranger = plugin.connect(shown).then((late) => late.ping());
      await expect(stranger).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:CONNECTION_TLS|RPC_CONNECTION_LOST)$/),
      });
    }
    await connection.ping();
  });

  test('a plugin that dies ends the calls in flight', async () => {
    const plugin = await start([goExample('bad/panics')]);
    const connection = await plugin.connect();
    const client = await connection.dispense('iglu_plugin');
    const call = client.call('GetDeviceStatus', { UniqueID: 'lamp-hall' });
    await expect(call).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await expect(connection.ping()).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await expect(connection.dispense('iglu_plugin')).rejects.toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await connection.closed).toMatchObject({ reason: expect.stringMatching(/^transport/) });
    expect(await plugin.process.exit).toMatchObject({ code: 2 });
    await expect(plugin.connect()).rejects.toBeInstanceOf(ConnectionError);
  });

  test('frames are on the tape when they are asked for', async () => {
    const plugin = await lamp({ recordFrames: true });
    await (await plugin.connect()).ping();
    const frames = plugin.tape.lines().filter(({ layer }) => layer === 'yamux');
    expect(frames.map(({ direction }) => direction)).toEqual(expect.arrayContaining(['in', 'out']));
  });
});

describe.skipIf(!hasGo)('a plugin on tcp', () => {
  test('is spoken to as one on a unix socket', async () => {
    const behind = await lamp();
    const { address } = await behind.handshake;
    if (address.network !== 'unix') throw new Error('no unix socket');
    const server = createServer((socket) => {
      const through = connect(address.path);
      socket.on('error', () => {}).on('close', () => through.destroy());
      through.on('error', () => {}).on('close', () => socket.destroy());
      socket.pipe(through).pipe(socket);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const plugin = await start([
      writeFile(`#!/bin/sh\necho '1|1|tcp|127.0.0.1:${port}|netrpc'\nexec sleep 60\n`),
    ]);
    const client = await (await plugin.connect()).dispense('iglu_plugin');
    expect((await client.call('GetManifest')).value).toMatchObject({ Manifest: { Id: 'lamp' } });
    await plugin.end();
    server.close();
  });
});

describe.skipIf(!hasGo)('the end of a plugin', () => {
  test('leaves nothing, however often it is told to', async () => {
    const plugin = await lamp();
    const connection = await plugin.connect();
    const { pid, folders } = plugin.process;
    await Promise.all([plugin.end(), plugin.end()]);
    await plugin.end();
    expect(await connection.closed).toEqual({ reason: 'local' });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    expect(existsSync(folders.root)).toBe(false);
  });

  test('ends what is under way', async () => {
    const plugin = await lamp();
    await plugin.handshake;
    const connecting = plugin.connect().catch((error: unknown) => error);
    await plugin.end();
    expect(await connecting).toBeInstanceOf(ConnectionError);
    const again = await lamp();
    const connection = await again.connect();
    const calls = Promise.allSettled([connection.dispense('iglu_plugin'), connection.ping()]);
    await again.end();
    const lost = { status: 'rejected', reason: { code: 'RPC_CONNECTION_LOST' } };
    expect(await calls).toMatchObject([lost, lost]);
  });

  test('leaves neither timers nor sockets to our own process', async () => {
    const handles = (): string[] =>
      process.getActiveResourcesInfo().filter((name) => /Timeout|PipeWrap|TCP|TLS|Process/.test(name));
    const before = handles();
    const plugin = await lamp({ autoMtls: true });
    const connection = await plugin.connect();
    const client = await connection.dispense('iglu_plugin');
    await client.call('GetManifest');
    connection.broker.accept(connection.broker.nextId()).catch(() => {});
    await plugin.end();
    await expect.poll(handles, EVENTUALLY).toEqual(before);
  });
});

describe('programs that are no plugins', () => {
  test('launch leaves nothing of one that does not shake hands', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'left-'));
    const script = writeFile(`#!/bin/sh\necho $$ > ${folder}/pid\necho no\nexec sleep 60\n`);
    await expect(launch(options([script]))).rejects.toMatchObject({ code: 'HANDSHAKE_UNRECOGNIZED' });
    const pid = Number(readFileSync(join(folder, 'pid'), 'utf8'));
    rmSync(folder, { recursive: true });
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('a failed handshake that nobody awaits is no unhandled rejection', async () => {
    const plugin = await start([writeFile('#!/bin/sh\necho no\n')]);
    await plugin.process.exit;
    await plugin.end();
    await expect(plugin.connect()).rejects.toMatchObject({ code: 'HANDSHAKE_UNRECOGNIZED' });
    expect(plugin.handshakeMs).toBeUndefined();
  });

  test('a socket that was there before the launch is not connected to', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foreign-'));
    const path = join(folder, 's');
    const server = createServer(() => expect.unreachable('it was connected to')).listen(path);
    await once(server, 'listening');
    // Past the slack that a file system's clock is allowed.
    await new Promise((resolve) => setTimeout(resolve, 2_200));
    const plugin = await start([writeFile(`#!/bin/sh\necho '1|1|unix|${path}|netrpc'\nexec sleep 60\n`)]);
    await expect(plugin.connect()).rejects.toMatchObject({ code: 'CONNECTION_FOREIGN_SOCKET' });
    server.close();
    rmSync(folder, { recursive: true });
  });

  test('asked for AutoMTLS, one without a certificate is not talked to in the clear', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'clear-'));
    const path = join(folder, 's');
    const program = `const { createServer } = require('node:net'); createServer(() => {}).listen('${path}', () => console.log('1|1|unix|${path}|netrpc|'));`;
    const plugin = await start([process.execPath, '-e', program], { autoMtls: true });
    expect((await plugin.handshake).certificate).toBeNull();
    await expect(plugin.connect()).rejects.toMatchObject({ code: 'CONNECTION_TLS' });
    await plugin.end();
    rmSync(folder, { recursive: true });
  });

  test('a program that takes connections and says nothing', async () => {
    const program = `const { createServer } = require('node:net'); const server = createServer((s) => s.resume()).listen(0, '127.0.0.1', () => console.log('1|1|tcp|127.0.0.1:' + server.address().port + '|netrpc'));`;
    const plugin = await start([process.execPath, '-e', program], { callTimeoutMs: 300 });
    expect((await plugin.handshake).address).toMatchObject({ network: 'tcp', host: '127.0.0.1' });
    const connection = await plugin.connect();
    await expect(connection.streamsAccepted(200)).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' });
    await expect(connection.ping()).rejects.toMatchObject({ code: 'RPC_TIMEOUT' });
    await expect(connection.dispense('iglu_plugin')).rejects.toMatchObject({ code: 'RPC_TIMEOUT' });
  });
});
