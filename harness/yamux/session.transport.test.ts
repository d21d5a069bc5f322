import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { describe, expect, test, vi } from 'vitest';

import { drain, MIB, source } from './bytes.util.js';
import type { YamuxStream } from './index.js';
import { expectNothingLeft, expectNothingUnhandled } from './leftovers.util.js';
import { sessions, streamPair } from './session-pair.util.js';
import { tlsPair } from './tls.util.js';
import { memoryPair, socketPair } from './transport.util.js';
import { WindowMeter } from './window-meter.util.js';

expectNothingLeft();
expectNothingUnhandled();
vi.setConfig({ testTimeout: 30_000 });

/** Cuts into parts of 1 to 40,008 bytes. */
const oddCuts = (bytes: Buffer): Buffer[] => {
  const parts: Buffer[] = [];
  for (let at = 0, size = 1; at < bytes.length; at += size, size = (size * 7 + 3) % 40_009) {
    parts.push(bytes.subarray(at, at + size));
  }
  return parts;
};

describe.each([
  ['a unix socket', socketPair],
  ['TLS', tlsPair],
  ['a Duplex in memory', () => Promise.resolve(memoryPair())],
  ['a Duplex that cuts at odd places', () => Promise.resolve(memoryPair(oddCuts))],
])('over %s', (_name, transports: () => Promise<[Duplex, Duplex]>) => {
  test('8 MiB each way over four streams at once', { timeout: 30_000 }, async () => {
    const meter = new WindowMeter();
    const [client, server] = sessions(await transports(), { onFrame: meter.onFrame });
    const transfer = async (from: YamuxStream, to: YamuxStream, seed: number): Promise<void> => {
      const sent = source(2 * MIB, seed);
      const [, arrived] = await Promise.all([pipeline(sent.readable, from), drain(to)]);
      expect(arrived).toEqual({ bytes: 2 * MIB, sha256: sent.sha256() });
    };
    const pairs = [
      await streamPair(client, server),
      await streamPair(server, client),
      await streamPair(client, server),
      await streamPair(server, client),
    ];
    await Promise.all(pairs.flatMap(([a, b], i) => [transfer(a, b, i), transfer(b, a, i + 9)]));
    expect(meter.violations).toEqual([]);
    expect([client.streams, server.streams]).toEqual([0, 0]);
    await Promise.all([client.close(), server.close()]);
  });

  test('close() is seen by the peer as a go-away', async () => {
    const [client, server] = sessions(await transports());
    const [near, far] = await streamPair(client, server);
    near.write('last words');
    await client.close();
    expect(await client.closed).toEqual({ reason: 'local' });
    expect(await server.closed).toEqual({ reason: 'remote-go-away' });
    expect(await drain(far)).toMatchObject({ bytes: 10 });
  });
});
