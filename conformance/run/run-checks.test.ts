import { expect, test } from 'vitest';
import { loadContract } from '../../harness/contract/index.js';
import { HandshakeError } from '../../harness/handshake/index.js';
import { LaunchError } from '../../harness/launch/index.js';
import type { Check, CheckOutcome } from '../checks/index.js';
import { Fuzz } from '../fuzz/index.js';
import { DEFAULT_BUDGETS, Subject } from '../subject/index.js';
import { finding, methodCheck, PASSED, pluginCheck } from './catalogue.util.js';
import { onPlugin } from './perform.js';
import { allResults, planRun } from './plan.js';
import { Quiet } from './quiet.js';
import { runChecks, type Ran } from './run-checks.js';
import { TOOL } from './tool.js';

const contract = await loadContract('greeter');
const EVERYTHING = { only: [], skip: [], level: 'may' } as const;

function subject(budgets: Partial<typeof DEFAULT_BUDGETS> = {}): Subject {
  return new Subject({
    command: ['/nowhere/plugin'],
    contract,
    protocolOnly: false,
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    seed: 1,
    budgets: { ...DEFAULT_BUDGETS, ...budgets },
  });
}

function fuzzOf(of: Subject): Fuzz {
  const facts = {
    tool: TOOL,
    contract,
    subject: { command: of.options.command, sha256: null },
    flags: [],
  };
  return new Fuzz(of, { runs: 1, findMs: 1_000, shrinkMs: 1_000, saved: [], facts });
}

async function run(
  checks: readonly Check[],
  options: { parallel?: number; subject?: Subject; quiet?: Quiet } = {},
): Promise<Ran[]> {
  const { parallel = 4, subject: of = subject(), quiet = new Quiet() } = options;
  return runChecks(onPlugin(of, fuzzOf(of)), planRun(allResults(of.targets, checks), EVERYTHING), {
    parallel,
    quiet,
  });
}

async function outcomes(checks: readonly Check[]): Promise<[key: string, outcome: CheckOutcome][]> {
  return (await run(checks)).map(({ planned, outcome }) => [planned.key, outcome]);
}

test('results come in the order of the plan, whichever is ready first', async () => {
  const later = (): Promise<CheckOutcome> => new Promise((resolve) => setTimeout(resolve, 30, PASSED));
  const results = await outcomes([
    pluginCheck('launch/a', later),
    pluginCheck('launch/b'),
    pluginCheck('launch/c', () => finding()),
  ]);
  expect(results.map(([key, { outcome }]) => [key, outcome])).toEqual([
    ['launch/a', 'passed'],
    ['launch/b', 'passed'],
    ['launch/c', 'failed'],
  ]);
});

test('what needs a failure is not run, and names the failure that all began with', async () => {
  const ran: string[] = [];
  const checks = [
    pluginCheck('launch/first', () => finding()),
    pluginCheck('session/second', () => (ran.push('second'), PASSED), { needs: ['launch/first'] }),
    pluginCheck('session/third', () => (ran.push('third'), PASSED), { needs: ['session/second'] }),
    pluginCheck('session/other', () => (ran.push('other'), PASSED)),
  ];
  expect((await outcomes(checks)).slice(1)).toEqual([
    ['session/second', { outcome: 'failed', blockedBy: 'launch/first' }],
    ['session/third', { outcome: 'failed', blockedBy: 'launch/first' }],
    ['session/other', PASSED],
  ]);
  expect(ran).toEqual(['other']);
});

test('a check that finds itself hindered passes the hindrance on', async () => {
  const results = await outcomes([
    pluginCheck('launch/a', () => ({ outcome: 'failed', blockedBy: 'handshake/x' })),
    pluginCheck('launch/b', undefined, { needs: ['launch/a'] }),
  ]);
  expect(results[1]).toEqual(['launch/b', { outcome: 'failed', blockedBy: 'handshake/x' }]);
});

test('a method that fails hinders what needs all methods, and no other method', async () => {
  const [first] = subject().targets;
  const results = await outcomes([
    methodCheck('interface/replies', (target) => (target.name === first?.name ? finding() : PASSED)),
    methodCheck('interface/stable', undefined, { needs: ['interface/replies'] }),
    pluginCheck('concurrency/mixed', undefined, { needs: ['interface/replies'] }),
  ]);
  const key = `interface/replies@${first?.name}`;
  expect(results.at(-1)).toEqual(['concurrency/mixed', { outcome: 'failed', blockedBy: key }]);
  expect(results.find(([name]) => name === `interface/stable@${first?.name}`)?.[1]).toEqual({
    outcome: 'failed',
    blockedBy: key,
  });
});

test('what needs something that cannot be told cannot be told either; a failure says more', async () => {
  const unknown: CheckOutcome = { outcome: 'inconclusive', message: 'There is no /proc here.' };
  const results = await outcomes([
    pluginCheck('launch/a', () => unknown),
    pluginCheck('launch/b', () => finding()),
    pluginCheck('launch/c', undefined, { needs: ['launch/a'] }),
    pluginCheck('launch/d', undefined, { needs: ['launch/a', 'launch/b'] }),
  ]);
  expect(results.slice(2)).toEqual([
    ['launch/c', { outcome: 'inconclusive', message: 'launch/a could not be told.' }],
    ['launch/d', { outcome: 'failed', blockedBy: 'launch/b' }],
  ]);
});

test('what does not apply hinders nothing', async () => {
  const results = await outcomes([
    pluginCheck('launch/a', () => ({ outcome: 'not-applicable', message: 'It has none.' })),
    pluginCheck('launch/b', undefined, { needs: ['launch/a'] }),
  ]);
  expect(results[1]).toEqual(['launch/b', PASSED]);
});

test.each([
  [1, ['failed', 'passed'], 'passed'],
  [2, ['failed', 'failed', 'passed'], 'passed'],
  [3, ['failed', 'failed', 'failed'], 'failed'],
] as const)('a failure by time %d times of three: %s', async (times, expected, last) => {
  const attempts: number[] = [];
  const seen: string[] = [];
  const [ran] = await run([
    pluginCheck('lifecycle/slow', ({ attempt }) => {
      attempts.push(attempt);
      const outcome = attempts.length <= times ? finding({ byTime: true }) : PASSED;
      seen.push(outcome.outcome);
      return outcome;
    }),
  ]);
  expect(attempts).toEqual(expected.map((_, index) => index));
  expect(seen).toEqual(expected);
  expect(ran?.outcome.outcome).toBe(last);
});

test('a failure that is not by time counts at once', async () => {
  let attempts = 0;
  await run([pluginCheck('lifecycle/wrong', () => ((attempts += 1), finding()))]);
  expect(attempts).toBe(1);
});

test('a failure by time is looked at again with nothing else running', async () => {
  const quiet = new Quiet();
  const running = new Set<string>();
  const beside: string[][] = [];
  const busy = (id: Check['id']): Check =>
    pluginCheck(id, async () => {
      running.add(id);
      await new Promise((resolve) => setTimeout(resolve, 20));
      running.delete(id);
      return PASSED;
    });
  const slow = pluginCheck('lifecycle/slow', () => {
    beside.push([...running]);
    return finding({ byTime: true });
  });
  // Two plugins of one process share the silence.
  await Promise.all([
    run([busy('launch/a'), slow, busy('launch/b')], { quiet }),
    run([busy('session/a'), busy('session/b')], { quiet }),
  ]);
  expect(beside).toHaveLength(3);
  expect(beside[0]).not.toEqual([]);
  expect(beside.slice(1)).toEqual([[], []]);
});

test('no more checks run at a time than are allowed', async () => {
  let running = 0;
  let most = 0;
  const checks = Array.from({ length: 9 }, (_, index) =>
    pluginCheck(`launch/c${index}`, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return PASSED;
    }),
  );
  await run(checks, { parallel: 3 });
  expect(most).toBe(3);
});

test('an error of the harness is looked at again, and then a finding with its message', async () => {
  let attempts = 0;
  const [ran] = await run([
    pluginCheck('session/ping', () => {
      attempts += 1;
      throw new HandshakeError({
        code: 'HANDSHAKE_NO_LINE',
        problem: 'It said nothing.',
        hint: 'Say something.',
      });
    }),
  ]);
  expect(attempts).toBe(3);
  expect(ran?.outcome).toMatchObject({ outcome: 'failed', message: 'It said nothing. Say something.' });
});

test('that this machine cannot start a process is no fault of the plugin', async () => {
  const [ran] = await run([
    pluginCheck('launch/runs', () => {
      throw new LaunchError('LAUNCH_FAILED', 'no more processes');
    }),
  ]);
  expect(ran?.outcome).toEqual({ outcome: 'inconclusive', message: 'no more processes' });
});

test('a defect of a check is said to be one, and stops no other check', async () => {
  const results = await outcomes([
    pluginCheck('launch/a', () => {
      throw new TypeError('x is not a function');
    }),
    pluginCheck('launch/b', async () => Promise.reject(new RangeError('too deep'))),
    pluginCheck('launch/c'),
  ]);
  const defect =
    /^A defect of iglu-conformance, not of what it judges: (?:TypeError: x is not a function|RangeError: too deep) at .*run-checks\.test\.ts/;
  for (const [, outcome] of results.slice(0, 2)) {
    expect(outcome).toEqual({ outcome: 'inconclusive', message: expect.stringMatching(defect) as string });
  }
  expect(results[2]?.[1]).toEqual(PASSED);
});

test('a check that never ends is ended, and says nothing about the plugin', async () => {
  const waits = { startTimeoutMs: 1, timeoutMs: 1, refuseMs: 1, quitMs: 1, settleMs: 1 };
  const nothing = { ...waits, burstMs: 1, fuzzMs: 1, shrinkMs: 1 };
  const [ran] = await run([pluginCheck('session/ping', () => new Promise(() => {}))], {
    subject: subject(nothing),
  });
  expect(ran?.outcome).toMatchObject({
    outcome: 'inconclusive',
    message: expect.stringContaining('did not come to an end within') as string,
  });
});

test('each check is told to have begun, and each result once', async () => {
  const told: string[] = [];
  const of = subject();
  const checks = [
    pluginCheck('launch/a', () => finding()),
    pluginCheck('launch/b', undefined, { needs: ['launch/a'] }),
  ];
  await runChecks(onPlugin(of, fuzzOf(of)), planRun(allResults(of.targets, checks), EVERYTHING), {
    parallel: 1,
    quiet: new Quiet(),
    onStart: (key) => told.push(`${key} begins`),
    onResult: ({ planned, outcome }) => told.push(`${planned.key} ${outcome.outcome}`),
  });
  expect(told).toEqual(['launch/a begins', 'launch/a failed', 'launch/b failed']);
});
