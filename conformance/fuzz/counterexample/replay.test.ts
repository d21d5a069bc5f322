import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { loadContract } from '../../../harness/contract/index.js';
import { hasGo } from '../../../harness/test/go.util.js';
import { ROOT } from '../../run/built.util.js';
import { tempFolder, writeAt } from '../../run/temp-folder.util.js';
import { DEFAULT_BUDGETS, Subject } from '../../subject/index.js';
import { fuzzableMethods } from '../methods.js';
import { replaySteps } from '../replay-steps.js';
import type { Counterexample } from './counterexample.js';
import { findingDocument } from './document.js';
import { resultKey } from './key.js';
import { readCounterexample } from './read.js';
import { replayCounterexample } from './replay.js';
import { call, counterexample, hook } from './sample.util.js';
import { stepsOf } from './steps.js';
import { writeCounterexample } from './write.js';

const folder = tempFolder();
const subjects: Subject[] = [];
afterAll(() => Promise.all(subjects.map((subject) => subject.endPlugins())));

async function subjectOf(program: string, contract = 'iglu', timeoutMs = 5_000): Promise<Subject> {
  const subject = new Subject({
    command: [program.startsWith('/') ? program : join(ROOT, 'examples/bin', program)],
    contract: await loadContract(contract),
    protocolOnly: false,
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    seed: 0,
    budgets: { ...DEFAULT_BUDGETS, timeoutMs },
  });
  subjects.push(subject);
  return subject;
}

const HOOKS = join(ROOT, 'examples/contracts/hooks.json');

/** Two conversions at once, whose answers a plugin may swap. */
const converted = counterexample({
  key: 'fuzz/own-answers@Convert',
  what: {
    kind: 'calls',
    steps: [
      {
        calls: [
          hook('Convert', { Value: 1, From: 'celsius', To: 'kelvin' }),
          hook('Convert', { Value: 2, From: 'celsius', To: 'kelvin' }),
        ],
      },
    ],
  },
});

describe.skipIf(!hasGo)('calls', () => {
  test('of a finding are kept, read and done again, in as many runs as one likes', async () => {
    const subject = await subjectOf('bad/panics');
    const methods = [
      ...(await fuzzableMethods(subject)),
      ...subject.targets.filter(({ name }) => name === 'GetDeviceStatus'),
    ];
    const life = { subject, laws: [], methods, timeoutMs: 5_000 };
    const steps = stepsOf([{ calls: [call('GetDeviceStatus', { UniqueID: 'x' })] }]);
    const failure = await replaySteps(life, steps);
    if (!failure) throw new Error('It did not panic.');
    const { breach } = failure;
    const document = findingDocument(
      { breach, steps, rate: { failed: 4, of: 4 }, origin: { seed: 1, path: '3:1' } },
      resultKey(breach),
      {
        tool: { name: 'iglu-conformance', version: '0.1.0' },
        contract: subject.contract,
        subject: { command: ['examples/bin/bad/panics'], sha256: null },
        flags: [],
        once: [{ plugin: 'iglu_plugin', method: 'OnLoad' }],
      },
    );
    expect(document).toMatchObject({
      key: 'fuzz/process-lives@GetDeviceStatus',
      contract: { name: 'iglu', sha256: subject.contract.sha256 },
      origin: { seed: 1, path: '3:1' },
    });
    expect(document.tape.map(({ text }) => text).join()).toContain('Plugin.GetDeviceStatus');
    const read = await readCounterexample(await writeCounterexample(folder, document));
    expect(read).toEqual(document);
    expect(await replayCounterexample(subject, read, { times: 3 })).toMatchObject({
      verdict: 'still-failing',
      rate: { failed: 3, of: 3 },
      seen: { key: document.key, message: expect.stringContaining('the bridge is not connected') },
      notes: [],
    });
    expect(await replayCounterexample(await subjectOf('lamp'), read)).toEqual({
      verdict: 'fixed',
      rate: { failed: 0, of: 1 },
      notes: [],
    });
  });

  test('that break another promise than before are different', async () => {
    const was = counterexample({ key: 'fuzz/replies@GetDeviceStatus' });
    expect(await replayCounterexample(await subjectOf('bad/panics'), was)).toMatchObject({
      verdict: 'different',
      rate: { failed: 1, of: 1 },
      seen: { key: 'fuzz/process-lives@GetDeviceStatus' },
    });
  });

  test('in flight together meet each other again', async () => {
    const swaps = await replayCounterexample(await subjectOf('planted/wrong-caller', HOOKS), converted);
    expect(swaps).toMatchObject({ verdict: 'still-failing', seen: { key: 'fuzz/own-answers@Convert' } });
    const good = await replayCounterexample(await subjectOf('hooks', HOOKS), converted, { times: 3 });
    expect(good).toEqual({ verdict: 'fixed', rate: { failed: 0, of: 3 }, notes: [] });
  });

  test('that failed only sometimes are called so, until it is sure that they do not', async () => {
    const flaky = counterexample({ rate: { failed: 5, of: 10 } });
    const subject = await subjectOf('lamp');
    const once = await replayCounterexample(subject, flaky);
    expect(once.notes).toEqual([
      expect.stringMatching(/^It is flaky: it failed in 5 of 10 times .*--times 7 /),
    ]);
    expect((await replayCounterexample(subject, flaky, { times: 7 })).notes).toEqual([]);
  });

  test('with values that the plugin named are asked for again', async () => {
    const toggled = counterexample({
      key: 'fuzz/laws',
      law: 'toggle-sets-status',
      what: {
        kind: 'calls',
        steps: [
          {
            calls: [
              call('OnDeviceToggle', { Id: 'gone', Status: true }, { taken: [{ path: ['Id'], index: 1 }] }),
            ],
          },
          {
            calls: [
              call('GetDeviceStatus', { UniqueID: 'gone' }, { taken: [{ path: ['UniqueID'], index: 1 }] }),
            ],
          },
        ],
      },
    });
    expect(await replayCounterexample(await subjectOf('lamp'), toggled)).toMatchObject({ verdict: 'fixed' });
  });
});

const asked = (method: string, args: null | object): Partial<Counterexample> => ({
  what: { kind: 'calls', steps: [{ calls: [call(method, args as never)] }] },
});

describe.skipIf(!hasGo)('a contract that has changed', () => {
  test.each<[string, Partial<Counterexample>, RegExp]>([
    ['has no such method', asked('Explode', null), /has no method iglu_plugin\.Explode/],
    ['calls it once now', asked('OnLoad', null), /OnLoad is called once/],
    ['calls the arguments invalid', asked('GetDeviceStatus', { UniqueID: 5 }), /UniqueID must be a string/],
    ['has no such law', { key: 'fuzz/laws', law: 'gone' }, /has no law "gone"/],
  ])('and %s: outdated', async (_, changes, why) => {
    const outcome = await replayCounterexample(await subjectOf('lamp'), counterexample(changes));
    expect(outcome).toMatchObject({ verdict: 'outdated', why: expect.stringMatching(why) });
  });

  test('and does not matter here is noted', async () => {
    const other = counterexample({ contract: { name: 'iglu', sha256: 'a'.repeat(64) } });
    expect(await replayCounterexample(await subjectOf('lamp'), other)).toMatchObject({
      verdict: 'fixed',
      notes: [expect.stringContaining('another one than then')],
    });
  });
});

test('a check that nobody knows is not judged', async () => {
  const outcome = await replayCounterexample(
    await subjectOf('lamp'),
    counterexample({ key: 'fuzz/wishes@GetManifest' }),
  );
  expect(outcome).toMatchObject({
    verdict: 'unjudged',
    why: expect.stringContaining('fuzz/wishes@GetManifest'),
  });
});

test('a plugin that cannot be executed is not judged, and one that does not shake hands is different', async () => {
  const missing = await replayCounterexample(await subjectOf('/nowhere/plugin'), counterexample());
  expect(missing).toMatchObject({ verdict: 'unjudged' });
  const silent = writeAt(join(folder, 'silent'), '#!/bin/sh\nexit 3\n');
  expect(await replayCounterexample(await subjectOf(silent), counterexample())).toMatchObject({
    verdict: 'different',
    seen: { expected: expect.stringContaining('shakes hands') },
  });
});

describe('a mutated environment', () => {
  const program = writeAt(join(folder, 'fragile'), '#!/bin/sh\n[ -z "$BOOM" ] || kill -SEGV $$\nexit 1\n');
  const odd = (env: Record<string, string | null>): Counterexample =>
    counterexample({
      key: 'wire/environment',
      what: { kind: 'environment', mutations: ['BOOM is set'], env },
    });

  test('that ends it by a fault still fails', async () => {
    expect(await replayCounterexample(await subjectOf(program), odd({ BOOM: '1' }))).toMatchObject({
      verdict: 'still-failing',
      seen: { key: 'wire/environment', actual: expect.stringContaining('SIGSEGV') },
    });
  });

  test('that it withstands is fixed, unless the check says more', async () => {
    const subject = await subjectOf(program);
    expect(await replayCounterexample(subject, odd({ BOOM: '' }))).toMatchObject({ verdict: 'fixed' });
    const environments = new Map([['wire/environment', ({ kind }: { kind: string }) => kind]]);
    expect(await replayCounterexample(subject, odd({ BOOM: '' }), { environments })).toMatchObject({
      verdict: 'still-failing',
      seen: { message: 'ended' },
    });
  });
});

test.skipIf(!hasGo)('a malformed conversation that it withstands is fixed', async () => {
  const garbage = counterexample({
    key: 'wire/yamux',
    what: {
      kind: 'wire',
      cases: [
        {
          layer: 'yamux',
          mutations: ['no yamux at all'],
          parts: [
            {
              bytes: Buffer.from('GET / HTTP/1.1\r\n\r\n').toString('base64'),
              dispensed: false,
              brokerIdAt: [],
            },
          ],
          brokerId: 1,
          ending: 'close',
        },
      ],
    },
  });
  expect(await replayCounterexample(await subjectOf('lamp'), garbage)).toMatchObject({ verdict: 'fixed' });
});
