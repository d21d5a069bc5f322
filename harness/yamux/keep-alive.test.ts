import { expect, test } from 'vitest';

import { eventually } from './eventually.util.js';
import { startKeepAlive } from './keep-alive.js';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('pings again after each answer, until it is stopped', async () => {
  let pings = 0;
  const stop = startKeepAlive(
    1,
    () => Promise.resolve(pings++),
    () => expect.unreachable(),
  );
  await eventually(() => pings).toBeGreaterThan(2);
  stop();
  const then = pings;
  await pause(20);
  expect(pings).toBe(then);
});

test('a ping that fails is told once, and is the last', async () => {
  const causes: unknown[] = [];
  let pings = 0;
  startKeepAlive(
    1,
    () => Promise.reject(new Error(`no answer ${pings++}`)),
    (cause) => causes.push(cause),
  );
  await eventually(() => causes.length).toBe(1);
  await pause(20);
  expect([pings, causes]).toEqual([1, [new Error('no answer 0')]]);
});

test('a ping that fails after stop() is not told', async () => {
  let fail!: (cause: Error) => void;
  const asked = new Promise<void>((resolve) => {
    const stop = startKeepAlive(
      1,
      () =>
        new Promise((_resolve, reject) => {
          fail = reject;
          stop();
          resolve();
        }),
      () => expect.unreachable(),
    );
  });
  await asked;
  fail(new Error('late'));
  await pause(5);
  expect(fail).toBeTypeOf('function');
});
