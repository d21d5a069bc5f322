import { once } from 'node:events';

import { describe, expect, test } from 'vitest';

import { goExample } from '../test/examples.util.js';
import { hasGo } from '../test/go.util.js';
import { encodeHeader, FRAME_TYPE } from '../yamux/index.js';
import { dial, ECHO, isSettled, SOON, useRelays } from './relay.util.js';

const relays = useRelays('mocks/plugins/demo.ts');

const PLUGINS: [string, () => string][] = [
  ['the TypeScript demo', () => relays.compiled('mocks/plugins/demo.ts')],
];
if (hasGo) PLUGINS.push(['a Go plugin', () => goExample('lamp')]);

function dataFrame(text: string): Buffer {
  const header = encodeHeader({ type: FRAME_TYPE.data, flags: 0, streamId: 1, length: text.length });
  return Buffer.concat([header, Buffer.from(text)]);
}

describe.each(PLUGINS)('%s is held', (_, command) => {
  test('at the handshake', async () => {
    const { plugin, run } = await relays.launch([command()], { hold: 'handshake' });
    await run.held(SOON);
    expect(plugin.process.stdout.totalBytes).toBe(0);
    await run.release();
    await (await plugin.connect()).ping();
  });

  test('at the connection', async () => {
    const { plugin, run } = await relays.launch([command()], { hold: 'connection' });
    await run.held(SOON);
    const connections = [await plugin.connect(), await plugin.connect()];
    const pings = connections.map((connection) => connection.ping());
    await expect(connections[0]?.streamsAccepted(100)).rejects.toMatchObject({ code: 'CONNECTION_TIMEOUT' });
    expect(await Promise.all(pings.map(isSettled))).toEqual([false, false]);
    await run.release();
    await Promise.all(pings);
  });

  test('between the answer to Dispense and the stream to the plugin', async () => {
    const { plugin, run } = await relays.launch([command()], { hold: 'dispense' });
    const connection = await plugin.connect();
    await connection.streamsAccepted(SOON);
    await connection.ping();
    const dispensed = connection.dispense('iglu_plugin');
    await run.held(SOON);
    const answers = plugin.tape.toString();
    expect(answers).toContain('Dispenser.Dispense');
    const ping = connection.ping();
    expect(await Promise.all([dispensed, ping].map(isSettled))).toEqual([false, false]);
    await run.release();
    await ping;
    await (await dispensed).call('GetManifest');
    // It was for the first one alone.
    await connection.dispense('iglu_plugin');
  });

  test('at Quit', async () => {
    const { plugin, run, connection, client } = await relays.call([command()], { hold: 'quit' });
    await client.call('GetManifest');
    const quit = connection.quit().catch(() => {});
    await run.held(SOON);
    // Had Quit reached it, it would be gone in a moment, and no second connection would be served.
    const second = await plugin.connect();
    await second.ping();
    expect(plugin.process.exited).toBeUndefined();
    await run.release();
    await quit;
    expect(await plugin.process.exit).toMatchObject({ code: 0, signal: null });
  });

  test('with all of its replies, of which every one comes later', async () => {
    const { run, connection, client } = await relays.call([command()]);
    await run.holdReplies();
    const calls = Array.from({ length: 32 }, () => client.call('GetManifest'));
    const others = [client.call('GetWebExtensions'), connection.ping()];
    await run.requests('GetManifest', 32, SOON);
    await run.requests('GetWebExtensions', 1, SOON);
    await expect(run.requests('GetManifest', 33, 20)).rejects.toMatchObject({ code: 'RELAY_TIMEOUT' });
    await expect(run.requests('GetMani', 1, 20)).rejects.toMatchObject({ code: 'RELAY_TIMEOUT' });
    expect(await Promise.all([...calls, ...others].map(isSettled))).not.toContain(true);
    await run.release();
    await Promise.all([...calls, ...others]);
    await run.holdReplies();
    await expect(run.requests('GetManifest', 1, 20)).rejects.toMatchObject({ code: 'RELAY_TIMEOUT' });
  });

  test('nowhere, when it was released before', async () => {
    const { plugin, run } = await relays.launch([command()], { hold: 'dispense' });
    await run.release();
    await (await plugin.connect()).dispense('iglu_plugin');
    await expect(run.held(20)).rejects.toMatchObject({ code: 'RELAY_TIMEOUT' });
  });
});

test.each([1, 5, 1000])('Quit is found, and kept back, when %i bytes come at a time', async (size) => {
  const relayed = await relays.launch([relays.program(ECHO)], { hold: 'quit' });
  const socket = await dial(relayed);
  let seen = '';
  socket.setEncoding('latin1').on('data', (text: string) => (seen += text));
  const before = dataFrame('a call of Control.Qui');
  const quit = dataFrame('and one of Control.Quit, at last');
  const bytes = Buffer.concat([before, quit, before]);
  for (let at = 0; at < bytes.length; at += size) {
    socket.write(bytes.subarray(at, at + size));
    await new Promise(setImmediate);
  }
  await relayed.run.held(SOON);
  await expect.poll(() => seen).toBe(before.toString('latin1'));
  await relayed.run.release();
  socket.end();
  await once(socket, 'end');
  expect(seen).toBe(bytes.toString('latin1'));
});
