import { setTimeout as delay } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { RpcError, RpcServerError } from '../../harness/netrpc/index.js';
import { startPings } from './pings.js';

const TIMEOUT_MS = 50;

/** What a ping that nobody answers does. */
async function unanswered(timeoutMs: number): Promise<never> {
  await delay(timeoutMs);
  throw new RpcError('RPC_TIMEOUT', 'no answer');
}

function listen() {
  return { onHang: vi.fn<(text: string) => void>(), onLost: vi.fn<(error: RpcError) => void>() };
}

test('an unanswered ping is a hang, told once', async () => {
  const listener = listen();
  const ping = vi.fn<typeof unanswered>(unanswered);
  startPings(ping, { intervalMs: 1, timeoutMs: TIMEOUT_MS }, listener);
  await vi.waitFor(() => expect(listener.onHang).toHaveBeenCalled());
  await delay(2 * TIMEOUT_MS);
  expect(listener.onHang).toHaveBeenCalledExactlyOnceWith(expect.stringContaining(`${TIMEOUT_MS} ms`));
  expect(ping).toHaveBeenCalledTimes(1);
  expect(listener.onLost).not.toHaveBeenCalled();
});

test('time in which we stood still ourselves is not held against the plugin', async () => {
  const listener = listen();
  let pings = 0;
  const ping = async (timeoutMs: number): Promise<void> => {
    pings += 1;
    if (pings > 1) return;
    // As when the machine sleeps: the answer comes, and the timer is noticed first.
    setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20 * timeoutMs));
    await unanswered(timeoutMs);
  };
  const stop = startPings(ping, { intervalMs: 1, timeoutMs: TIMEOUT_MS }, listener);
  await vi.waitFor(() => expect(pings).toBeGreaterThan(2), { timeout: 10_000 });
  stop();
  expect(listener.onHang).not.toHaveBeenCalled();
});

test('an error is an answer; a lost connection is told once', async () => {
  const listener = listen();
  const lost = new RpcError('RPC_CONNECTION_LOST', 'gone');
  const ping = vi
    .fn<() => Promise<void>>()
    .mockRejectedValueOnce(new RpcServerError('Control.Ping', 'no'))
    .mockResolvedValueOnce()
    .mockRejectedValue(lost);
  startPings(ping, { intervalMs: 1, timeoutMs: TIMEOUT_MS }, listener);
  await vi.waitFor(() => expect(listener.onLost).toHaveBeenCalled());
  await delay(20);
  expect(listener.onLost).toHaveBeenCalledExactlyOnceWith(lost);
  expect(ping).toHaveBeenCalledTimes(3);
  expect(listener.onHang).not.toHaveBeenCalled();
});

test('nothing is told after a stop, even of a ping that is on its way', async () => {
  const listener = listen();
  const ping = vi.fn<typeof unanswered>(unanswered);
  const stop = startPings(ping, { intervalMs: 1, timeoutMs: TIMEOUT_MS }, listener);
  await vi.waitFor(() => expect(ping).toHaveBeenCalled());
  stop();
  await delay(2 * TIMEOUT_MS);
  expect(listener.onHang).not.toHaveBeenCalled();
  expect(ping).toHaveBeenCalledTimes(1);
});
