import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

import { describe, expect, test } from 'vitest';

import { until } from '../launch/test/leftovers.util.js';
import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';
import { encodeHeader, FRAME_TYPE } from '../yamux/index.js';
import { dial, ECHO, failureOf, isSettled, readAll, SOON, useRelays, type Relayed } from './relay.util.js';

const DEMO = 'mocks/plugins/demo.ts';
const relays = useRelays(...(hasGo ? [] : [DEMO]));
const KIB = 1024;
const command = (): string => (hasGo ? goExample('lamp') : relays.compiled(DEMO));

const echo = (network: 'unix' | 'tcp' = 'unix'): Promise<Relayed> =>
  relays.launch([relays.program(ECHO)], { network });

const stateOf = (pid: number): string | undefined =>
  /^State:\s+(\S)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];

describe('a plugin under a host', () => {
  test.each([
    [
      { kind: 'signal', signal: 'SIGKILL' },
      { code: null, signal: 'SIGKILL' },
    ],
    [
      { kind: 'exit', code: 5 },
      { code: 5, signal: null },
    ],
    [{ kind: 'panic' }, { code: 2, signal: null }],
  ] as const)('$kind ends the process under a call', async (fault, status) => {
    const { plugin, run, connection, client } = await relays.call([command()]);
    await run.holdReplies();
    const call = client.call('GetManifest');
    await run.requests('GetManifest', 1, SOON);
    const lost = failureOf(call);
    await run.fault(fault);
    expect(await lost).toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    await connection.closed;
    expect(await plugin.process.exit).toMatchObject(status);
    await plugin.process.outputClosed;
    expect(plugin.process.stderr.text().includes('\ngoroutine 34 [running]:')).toBe(fault.kind === 'panic');
    await run.exit;
    await expect(run.fault(fault)).rejects.toMatchObject({ code: 'RELAY_GONE' });
  });

  test('SIGSTOP stops both processes, and SIGCONT has them go on', async () => {
    const { run, connection } = await relays.call([command()]);
    const states = (): (string | undefined)[] => [run.pid, run.pluginPid].map(stateOf);
    await run.fault({ kind: 'signal', signal: 'SIGSTOP' });
    await expect.poll(states).toEqual(['T', 'T']);
    const ping = connection.ping();
    expect(await isSettled(ping)).toBe(false);
    await run.fault({ kind: 'signal', signal: 'SIGCONT' });
    await ping;
    expect(states()).not.toContain('T');
    // What is stopped can be ended.
    await run.fault({ kind: 'signal', signal: 'SIGSTOP' });
  });

  test('close: the connection is gone, and the process serves the next one', async () => {
    const { plugin, run, connection, client } = await relays.call([command()]);
    await run.holdReplies();
    const call = client.call('GetManifest');
    await run.requests('GetManifest', 1, SOON);
    const lost = failureOf(call);
    await run.fault({ kind: 'close' });
    expect(await lost).toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await connection.closed).toMatchObject({ reason: expect.stringMatching(/^transport/) });
    expect(plugin.process.exited).toBeUndefined();
    await run.release();
    await (await plugin.connect()).ping();
  });

  test('half-close: no more comes', async () => {
    const { plugin, run, connection } = await relays.call([command()]);
    await run.fault({ kind: 'half-close' });
    expect(await connection.closed).toMatchObject({ reason: 'transport-closed' });
    expect(plugin.process.exited).toBeUndefined();
  });

  test('reset', async () => {
    const relayed = await relays.call([command()], { network: 'tcp' });
    await relayed.run.fault({ kind: 'reset' });
    expect(await relayed.connection.closed).toMatchObject({
      reason: 'transport-error',
      error: { message: expect.stringContaining('ECONNRESET') },
    });
  });

  test('silence: connections are open, old and new, and nothing comes', async () => {
    const { plugin, run, connection } = await relays.call([command()]);
    await run.fault({ kind: 'silence' });
    const second = await plugin.connect();
    const pings = [connection.ping(200), second.ping(200)];
    const outcomes = await Promise.allSettled(pings);
    expect(outcomes).toMatchObject([
      { status: 'rejected', reason: { code: 'RPC_TIMEOUT' } },
      { status: 'rejected', reason: { code: 'RPC_TIMEOUT' } },
    ]);
    expect(await Promise.all([connection.closed, second.closed].map(isSettled))).toEqual([false, false]);
    await run.fault({ kind: 'signal', signal: 'SIGKILL' });
    expect(await plugin.process.exit).toMatchObject({ signal: 'SIGKILL' });
  });

  test('drip: everything works', async () => {
    const { plugin, run, connection, client } = await relays.call([command()]);
    await run.fault({ kind: 'drip' });
    await connection.ping();
    const { value } = await client.call('GetManifest');
    expect(value).toHaveProperty('Manifest');
    await (await plugin.connect()).dispense('iglu_plugin');
    await connection.quit().catch(() => {});
    expect(await plugin.process.exit).toMatchObject({ code: 0 });
  });

  test.each([false, true])('corrupt, with replies held: %s', async (held) => {
    const { run, connection, client } = await relays.call([command()]);
    if (held) await run.holdReplies();
    const lost = failureOf(
      held ? client.call('GetManifest') : connection.closed.then(() => client.call('GetManifest')),
    );
    await run.requests('GetManifest', held ? 1 : 0, SOON);
    await run.fault({ kind: 'corrupt' });
    expect(await lost).toMatchObject({ code: 'RPC_CONNECTION_LOST' });
    expect(await connection.closed).toMatchObject({
      reason: 'protocol-error',
      error: { code: 'YAMUX_VERSION', message: expect.stringContaining('ff'.repeat(12)) },
    });
  });

  test('endless-reply: a length that no reply has, and other streams go on', async () => {
    const { run, connection, client } = await relays.call([command()]);
    const other = await connection.dispense('iglu_plugin');
    await run.holdReplies();
    const call = client.call('GetManifest');
    await run.requests('GetManifest', 1, SOON);
    const refused = failureOf(call);
    await run.fault({ kind: 'endless-reply' });
    expect(await refused).toMatchObject({
      message: expect.stringContaining(`${2 ** 30 - 1}`),
    });
    await connection.ping();
    await other.call('GetManifest');
  });

  test('unlink-socket: who is connected stays so', async () => {
    const { plugin, run, connection } = await relays.call([command()]);
    await run.fault({ kind: 'unlink-socket' });
    await expect(plugin.connect()).rejects.toMatchObject({ code: 'CONNECTION_REFUSED' });
    await connection.ping();
  });

  test('fill-stderr', async () => {
    const { plugin, run, connection } = await relays.call([command()]);
    const before = plugin.process.stderr.totalBytes;
    await run.fault({ kind: 'fill-stderr', bytes: 300 * KIB });
    await until(() => plugin.process.stderr.totalBytes >= before + 300 * KIB);
    expect(plugin.process.stderr.longestLine).toBe(KIB - 1);
    await connection.ping();
  });

  test('child-dies: nobody minds', async () => {
    const { run, connection } = await relays.call([command()]);
    await run.fault({ kind: 'child-dies' });
    expect(await connection.ping()).toBeGreaterThan(0);
  });
});

describe('byte by byte', () => {
  test('half-close lets the host speak on', async () => {
    const relayed = await echo();
    const socket = await dial(relayed);
    const nothing = readAll(socket);
    await relayed.run.fault({ kind: 'half-close' });
    expect(await nothing).toBe('');
    socket.write('exit 6');
    expect(await relayed.plugin.process.exit).toMatchObject({ code: 6 });
    socket.destroy();
  });

  test('corrupt bytes come between two frames, and before what is held', async () => {
    const relayed = await echo();
    const socket = await dial(relayed);
    const header = encodeHeader({ type: FRAME_TYPE.data, flags: 0, streamId: 1, length: 10_000 });
    const frame = Buffer.concat([header, Buffer.alloc(10_000, 'f')]);
    const read: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => read.push(chunk));
    const bytes = (): Buffer => Buffer.concat(read);
    // The plugin gives back half of a frame, and is to be interrupted in it.
    socket.write(frame.subarray(0, 6000));
    await until(() => bytes().length === 6000);
    await relayed.run.holdReplies();
    const corrupted = relayed.run.fault({ kind: 'corrupt' });
    socket.write(Buffer.concat([frame.subarray(6000), frame]));
    await corrupted;
    const noise = Buffer.alloc(12, 0xff);
    await until(() => bytes().length >= frame.length + noise.length);
    expect(bytes()).toEqual(Buffer.concat([frame, noise]));
    await relayed.run.release();
    socket.end();
    await once(socket, 'end');
    expect(bytes()).toEqual(Buffer.concat([frame, noise, frame]));
  });
});

describe('what cannot be had', () => {
  test.each([
    ['close', 'unix', 'No host is connected'],
    ['half-close', 'unix', 'No host is connected'],
    ['corrupt', 'unix', 'No connection is relayed'],
    ['reset', 'tcp', 'No host is connected'],
    ['reset', 'unix', 'Only a tcp connection'],
    ['endless-reply', 'unix', 'No reply is held'],
    ['unlink-socket', 'tcp', 'the network is tcp'],
  ] as const)('%s on %s', async (kind, network, message) => {
    const { run, plugin } = await echo(network);
    await plugin.handshake;
    await expect(run.fault({ kind })).rejects.toMatchObject({
      code: 'RELAY_FAULT',
      message: expect.stringContaining(message),
    });
  });

  test('stderr that nobody takes', async () => {
    const { run, plugin } = await echo();
    plugin.process.closeOutput();
    await expect(run.fault({ kind: 'fill-stderr', bytes: 300 * KIB })).rejects.toMatchObject({
      code: 'RELAY_FAULT',
    });
    expect(existsSync(`/proc/${run.pluginPid}`)).toBe(true);
  });
});
