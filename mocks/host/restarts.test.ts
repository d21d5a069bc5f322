import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { processesWith, until } from '../../harness/launch/test/leftovers.util.js';
import { compileMocks, nodePlugin } from './compiled.util.js';
import { isAlive, nextCrash, pidOf, useHosts, watch } from './hosts.util.js';
import type { PluginInfo, ReferenceHost } from './index.js';

const hosts = useHosts();
const compiled = compileMocks();
const ID = 'window-lights';
const QUICK = { limit: 2, backoffMs: 10, maxBackoffMs: 20, quietMs: 60_000 };
const SLOW = { ...QUICK, backoffMs: 600_000, maxBackoffMs: 600_000 };

/** Says by its being there what the plugin does when it is launched: a line of JavaScript. */
const orders = (): string => join(hosts.folder, 'orders');
/** A plugin that notes each launch, and does what it is ordered before it serves. */
const put = (): string =>
  hosts.put('plugin', {
    text: nodePlugin(compiled, '{}').replace(
      'await serveIglu',
      `import { appendFileSync, existsSync, readFileSync } from 'node:fs';
appendFileSync(process.argv[1] + '.launches', '.');
const orders = '${orders()}';
if (existsSync(orders)) await eval('(async () => {' + readFileSync(orders, 'utf8') + '})()');
await serveIglu`,
    ),
  });
const order = (line: string): void => writeFileSync(orders(), line);
const launches = (): number => readFileSync(join(hosts.folder, 'plugin.launches'), 'utf8').length;

let host: ReferenceHost;
const start = async (restart?: typeof QUICK): Promise<PluginInfo> => {
  host = await hosts.make(restart ? { restart } : {});
  return host.load(put());
};
const kill = async (info: PluginInfo): Promise<void> => {
  const crashed = nextCrash(host);
  process.kill(pidOf(info), 'SIGKILL');
  await crashed;
};

beforeEach(() => rmSync(orders(), { force: true }));

test('a plugin that dies once is started again, and its reason goes', async () => {
  const first = await start(QUICK);
  const changes = watch(host);
  await kill(first);
  await until(() => changes.length === 2);
  expect(changes.map(({ to }) => to)).toEqual(['Crashed', 'Running']);
  const second = host.get(ID);
  expect(second).toEqual({ ...first, pid: expect.any(Number) });
  expect(second.pid).not.toBe(first.pid);
  expect(await host.call(ID, 'GetManifest')).toHaveProperty('Manifest');
});

test('a plugin that dies on start is given up at the limit, and says so', async () => {
  const first = await start(QUICK);
  const changes = watch(host);
  order('process.exit(9)');
  await kill(first);
  await until(() => host.get(ID).reason?.text.includes('limit'));
  expect(launches()).toBe(1 + QUICK.limit);
  expect(host.get(ID)).toMatchObject({
    state: 'Crashed',
    manifest: first.manifest,
    reason: {
      kind: 'exit',
      signal: 'SIGKILL',
      text: expect.stringMatching(
        /SIGKILL\. It did not start again: .*code 9.* 2 times in a row, which is the limit/,
      ),
    },
  });
  expect(changes.map(({ to }) => to)).toEqual(['Crashed']);
  rmSync(orders());
  expect(await host.start(ID)).toMatchObject({ state: 'Running' });
});

test('a plugin that dies for ever is given up at the limit, and begins anew when somebody starts it', async () => {
  order('setTimeout(() => process.exit(8), 500)');
  await start(QUICK);
  for (const begin of [async () => {}, async () => host.start(ID)]) {
    await begin();
    const changes = watch(host);
    await until(() => host.get(ID).reason?.text.includes('limit'));
    const running = changes.filter(({ to }) => to === 'Running').length;
    expect([QUICK.limit, QUICK.limit + 1]).toContain(running);
    expect(changes.at(-1)).toMatchObject({
      to: 'Crashed',
      reason: { kind: 'exit', code: 8, text: expect.stringMatching(/code 8\. .*2 times in a row/) },
    });
  }
  expect(launches()).toBe(2 * (1 + QUICK.limit));
});

test('a quiet while lets it begin anew', async () => {
  order('setTimeout(() => process.exit(8), 500)');
  await start({ ...QUICK, limit: 1, quietMs: 1 });
  await until(() => launches() > 4);
  expect(host.get(ID).reason?.text ?? '').not.toContain('limit');
});

test('by default it stays Crashed', async () => {
  const first = await start();
  await kill(first);
  expect(host.get(ID).state).toBe('Crashed');
  expect(host.get(ID).reason?.text).toBe('The process was ended by SIGKILL.');
});

describe('a restart that is to come', () => {
  let first: PluginInfo;
  beforeEach(async () => {
    first = await start(SLOW);
    await kill(first);
  });

  test('is called off by stop', async () => {
    expect(await host.stop(ID)).toMatchObject({ state: 'Stopped' });
  });

  test('is called off by unload', async () => {
    await host.unload(ID);
    expect(host.list()).toEqual([]);
  });

  test('is called off by a start, which counts as the first', async () => {
    const second = await host.start(ID);
    expect(second).toMatchObject({ state: 'Running' });
    await kill(second);
    expect(host.get(ID).reason?.text).not.toContain('limit');
  });

  test('is called off by a shutdown', async () => {
    await host.shutdown();
    expect(host.get(ID)).toMatchObject({ state: 'Stopped' });
  });
});

describe('a restart that is under way', () => {
  const stuck = async (): Promise<void> => {
    const first = await start(QUICK);
    order('await new Promise((resolve) => setTimeout(resolve, 600_000))');
    await kill(first);
    await until(() => launches() === 2 && processesWith(hosts.folder).length > 0);
  };

  test.each([
    ['stop', () => host.stop(ID)],
    ['unload', () => host.unload(ID)],
    ['shutdown', () => host.shutdown()],
  ])('is called off by %s', async (_, end) => {
    await stuck();
    await end();
    expect(processesWith(hosts.folder)).toEqual([]);
    expect(host.list().map(({ state }) => state)).not.toContain('Crashed');
    expect(launches()).toBe(2);
  });
});

test('a start that is under way is called off by a stop', async () => {
  const first = await start();
  await host.stop(ID);
  order('await new Promise((resolve) => setTimeout(resolve, 600_000))');
  const starting = host.start(ID).catch((error: unknown) => error);
  await until(() => launches() === 2);
  expect(await host.stop(ID)).toMatchObject({ state: 'Stopped' });
  expect(await starting).toMatchObject({
    code: 'HOST_START_FAILED',
    message: expect.stringContaining('told to stop'),
  });
  expect(isAlive(pidOf(first))).toBe(false);
});

test.each([
  { limit: 0 },
  { limit: 1.5 },
  { limit: 1, backoffMs: 0 },
  { limit: 1, maxBackoffMs: Number.NaN },
  { limit: 1, quietMs: 2 ** 31 },
])('the policy %j is refused', async (restart) => {
  await expect(hosts.make({ restart })).rejects.toMatchObject({ code: 'HOST_OPTIONS' });
});
