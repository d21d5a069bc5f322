import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { loadContract, type Contract } from '../../harness/contract/index.js';
import { processesWith } from '../../harness/launch/test/leftovers.util.js';
import { compile } from '../../harness/test/compiled.util.js';
import type * as Faults from './index.js';
import type { ReferenceStage, ReferenceStageOptions, SeenPlugin } from './index.js';

const SOURCE = 'conformance/faults/index.ts';
const LOCKING = 'mocks/plugins/zoo/stale-lock.ts';
const DEMO = 'mocks/plugins/demo.ts';
const compiled = compile(
  SOURCE,
  LOCKING,
  DEMO,
  'harness/relay/process/main.ts',
  'mocks/plugins/watched/main.ts',
);

let faults: typeof Faults;
let contract: Contract;
let temp: string;

beforeAll(async () => {
  // Relays and mocks run in Nodes of their own, which need JavaScript.
  faults = (await import(pathToFileURL(compiled(SOURCE)).href)) as typeof Faults;
  contract = await loadContract('iglu');
});

beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), 's-'));
  vi.stubEnv('TMPDIR', temp);
});

afterEach(() => {
  vi.unstubAllEnvs();
  const left = [...readdirSync(temp), ...processesWith(temp)];
  rmSync(temp, { recursive: true, force: true });
  if (left.length > 0) throw new Error(`left behind: ${left.join(', ')}`);
});

function options(plugin: string, more: Partial<ReferenceStageOptions> = {}): ReferenceStageOptions {
  return {
    contract,
    plugin: [compiled(plugin)],
    dispensed: 'iglu_plugin',
    call: { method: 'GetManifest', args: null },
    env: {},
    inheritEnv: false,
    times: { startTimeoutMs: 30_000, timeoutMs: 10_000, quitMs: 2_000, pingTimeoutMs: 10_000 },
    ...more,
  };
}

async function withStage<T>(
  wish: ReferenceStageOptions,
  work: (stage: ReferenceStage) => Promise<T>,
): Promise<T> {
  const { stage, end } = await faults.openReferenceStage(wish);
  try {
    return await work(stage);
  } finally {
    await end();
  }
}

function cell(name: string): Faults.FaultCell {
  const found = faults.FAULT_CELLS.find((each) => each.name === name);
  if (!found) throw new Error(`there is no cell ${name}`);
  return found;
}

test('a good plugin goes through a cell, and the witness is Running beside it', async () => {
  await withStage(options(DEMO), async (stage) => {
    expect(await faults.runCell(stage, cell('kill/idle'))).toMatchObject({ kind: 'as expected' });
    const states = (await stage.host.list()).map(({ id, state }: SeenPlugin) => `${id} ${state}`);
    expect(states).toEqual(['witness Running']);
  });
});

test('HOME is the same from one start to the next, and gone afterwards', async () => {
  const home = await withStage(options(LOCKING), async (stage) => {
    const outcome = await faults.runCell(stage, cell('kill/idle'));
    expect(outcome).toMatchObject({ kind: 'wrong' });
    expect(readdirSync(stage.home)).toEqual(['.window-lights.lock']);
    expect(stage.host.failure).toMatchObject({ code: 'HOST_START_FAILED' });
    expect(stage.host.failure?.stderr).toContain(join(stage.home, '.window-lights.lock'));
    return stage.home;
  });
  expect(existsSync(home)).toBe(false);
});

test('with another cookie than the contract’s, the witness knows it too', async () => {
  const handshake = { ...contract.handshake, magicCookieValue: 'another' };
  await withStage(options(DEMO, { contract: { ...contract, handshake } }), async ({ witness, host }) => {
    expect(await host.list()).toMatchObject([{ id: 'witness', state: 'Running', pid: witness.pid }]);
  });
});

test('nothing is left of a stage whose work fails', async () => {
  const work = withStage(options(DEMO), () => Promise.reject(new Error('it fails')));
  await expect(work).rejects.toThrow('it fails');
});

test('a stage that cannot be set up says so, and leaves nothing', async () => {
  const times = { ...options(DEMO).times, startTimeoutMs: 1 };
  const work = withStage(options(DEMO, { times }), () => Promise.resolve());
  await expect(work).rejects.toMatchObject({ code: 'STAGE_OPEN' });
});

test('two replies with the same map are the same', () => {
  const reply = (...entries: [string, number][]): Parameters<typeof faults.inOrder>[0] => ({
    Levels: { $map: entries },
  });
  expect(faults.inOrder(reply(['b', 1], ['a', 2]))).toEqual(faults.inOrder(reply(['a', 2], ['b', 1])));
});
