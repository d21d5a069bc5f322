import { expect, test } from 'vitest';
import { Quiet } from './quiet.js';

/** Work that can be watched: it has begun, and ends when told. */
function work(log: string[], name: string) {
  let end = (): void => {};
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = async (): Promise<string> => {
    log.push(`${name} begins`);
    await promise;
    log.push(`${name} ends`);
    return name;
  };
  return { run, end };
}

async function turn(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

test('shared work runs side by side; what is to be alone waits for it, and holds up what comes later', async () => {
  const log: string[] = [];
  const quiet = new Quiet();
  const [a, b, alone, late] = [work(log, 'a'), work(log, 'b'), work(log, 'alone'), work(log, 'late')];
  const all = Promise.all([
    quiet.share(a.run),
    quiet.share(b.run),
    quiet.alone(alone.run),
    quiet.share(late.run),
  ]);
  await turn();
  expect(log.splice(0)).toEqual(['a begins', 'b begins']);
  b.end();
  await turn();
  expect(log.splice(0)).toEqual(['b ends']);
  a.end();
  await turn();
  expect(log.splice(0)).toEqual(['a ends', 'alone begins']);
  alone.end();
  await turn();
  expect(log.splice(0)).toEqual(['alone ends', 'late begins']);
  late.end();
  expect(await all).toEqual(['a', 'b', 'alone', 'late']);
});

test('two that are to be alone run one after the other', async () => {
  const log: string[] = [];
  const quiet = new Quiet();
  const [one, two] = [work(log, 'one'), work(log, 'two')];
  const both = Promise.all([quiet.alone(one.run), quiet.alone(two.run)]);
  await turn();
  expect(log).toEqual(['one begins']);
  one.end();
  await turn();
  expect(log).toEqual(['one begins', 'one ends', 'two begins']);
  two.end();
  await both;
});

test('work that throws makes room all the same', async () => {
  const quiet = new Quiet();
  const broken = async (): Promise<never> => Promise.reject(new Error('broken'));
  await expect(quiet.alone(broken)).rejects.toThrow('broken');
  await expect(quiet.share(broken)).rejects.toThrow('broken');
  expect(await quiet.alone(async () => 'still there')).toBe('still there');
});
