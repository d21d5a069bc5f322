import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyValue } from '../../../harness/value/arbitrary.util.js';
import { equal, MAX_DEPTH, toJson, type JsonValue, type Value } from '../../../harness/value/index.js';
import type { Step } from '../call.js';
import type { Counterexample } from './counterexample.js';
import { CounterexampleError } from './errors.js';
import { MAX_NESTING } from './limits.js';
import { parseCounterexample } from './parse.js';
import { call, counterexample } from './sample.util.js';
import { stepsOf, stepsToDocument } from './steps.js';
import { wireCasesOf, wireCasesToDocument } from './wire-cases.js';
import { counterexampleToJson } from './write.js';

function errorOf(text: string): CounterexampleError | undefined {
  try {
    parseCounterexample(text, 'x.json');
    return undefined;
  } catch (error) {
    if (error instanceof CounterexampleError) return error;
    throw error;
  }
}

describe('round trip', () => {
  test('a document is itself again, and safe to print', () => {
    const hostile = counterexample({ message: '\u001b[2J\u202e\u0085', law: '\u{e0041}' });
    const text = counterexampleToJson(hostile);
    expect(text).not.toMatch(/[^\n\u0020-\u007e]/);
    expect(parseCounterexample(text, 'x.json')).toEqual(hostile);
    expect(parseCounterexample(`\uFEFF${text}`, 'x.json')).toEqual(hostile);
  });

  test('steps of any values are themselves again', () => {
    const step: fc.Arbitrary<Step> = fc.record(
      {
        calls: fc.array(
          fc.record(
            {
              plugin: fc.string(),
              method: fc.string(),
              args: anyValue,
              taken: fc.array(fc.record({ path: fc.array(fc.string()), index: fc.nat() }), { maxLength: 2 }),
              caller: fc.nat(8),
            },
            { requiredKeys: ['plugin', 'method', 'args', 'taken'] },
          ),
          { minLength: 1, maxLength: 3 },
        ),
        times: fc.integer({ min: 2, max: 9 }),
      },
      { requiredKeys: ['calls'] },
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 3 }), (steps) => {
        const text = counterexampleToJson(
          counterexample({ what: { kind: 'calls', steps: stepsToDocument(steps) } }),
        );
        const { what } = parseCounterexample(text, 'x.json');
        const again = what.kind === 'calls' ? stepsOf(what.steps) : [];
        const without = (all: readonly Step[]): unknown =>
          all.map(({ calls, times }) => ({
            times,
            calls: calls.map(({ plugin, method, taken, caller }) => ({ plugin, method, taken, caller })),
          }));
        expect(without(again)).toEqual(without(steps));
        const args = (all: readonly Step[]): Value[] =>
          all.flatMap(({ calls }) => calls.map((each) => each.args));
        expect(equal(args(again), args(steps))).toBe(true);
      }),
      { numRuns: 100, seed: 4 },
    );
  });

  test('malformed conversations are themselves again', () => {
    const cases = [
      {
        kind: 'wire',
        layer: 'gob',
        mutations: ['a length of 2 GiB'],
        parts: [{ bytes: Buffer.from([0, 255, 1, 2, 3]), dispensed: true, brokerIdAt: [1] }],
        brokerId: 4,
        ending: 'hold',
      },
    ] as const;
    const text = counterexampleToJson(
      counterexample({ what: { kind: 'wire', cases: wireCasesToDocument(cases) } }),
    );
    const { what } = parseCounterexample(text, 'x.json');
    expect(what.kind === 'wire' && wireCasesOf(what.cases)).toEqual(cases);
  });
});

const nested = (levels: number): JsonValue => {
  let value: JsonValue = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
};
const withArgs = (args: JsonValue): Partial<Counterexample> => ({
  what: { kind: 'calls', steps: [{ calls: [call('GetDeviceStatus', args)] }] },
});
const wire = (part: object): object => ({
  what: {
    kind: 'wire',
    cases: [{ layer: 'gob', mutations: [], parts: [part], brokerId: 1, ending: 'close' }],
  },
});

test('values go to the depth limit and no further', () => {
  const text = (levels: number): string => JSON.stringify(counterexample(withArgs(nested(levels))));
  expect(errorOf(text(MAX_DEPTH))).toBeUndefined();
  expect(errorOf(text(MAX_DEPTH + 2))).toMatchObject({ code: 'COUNTEREXAMPLE_INVALID' });
  let map: Value = 1;
  for (let level = 0; level < MAX_DEPTH; level++) map = new Map<Value, Value>([['k', map]]);
  expect(errorOf(JSON.stringify(counterexample(withArgs(toJson(map)))))).toBeUndefined();
});

test.each<[string, object, RegExp]>([
  ['a key that nobody knows', { surprise: 1 }, /at its top it .*"surprise"/],
  ['another kind', { kind: 'report' }, /at "\/kind" it .*counterexample/],
  ['a version to come', { schemaVersion: 2 }, /at "\/schemaVersion"/],
  ['a command of nothing', { subject: { command: [], sha256: null } }, /at "\/subject\/command"/],
  [
    'a command with a NUL',
    { subject: { command: ['a\u0000b'], sha256: null } },
    /at "\/subject\/command\/0"/,
  ],
  ['a digest that is none', { contract: { name: 'iglu', sha256: 'xyz' } }, /at "\/contract\/sha256"/],
  ['a flag of a run', { flags: ['--only', 'x'] }, /at "\/flags\/0" it is no flag of a replay: "--only"/],
  [
    'a flag without its word',
    { flags: ['--timeout'] },
    /at "\/flags\/0" it is --timeout, and nothing follows/,
  ],
  ['a flag with a wrong word', { flags: ['--timeout', '1e99'] }, /at "\/flags\/1" .*--timeout/],
  ['a flag by a name that every object has', { flags: ['constructor'] }, /at "\/flags\/0"/],
  ['no steps', { what: { kind: 'calls', steps: [] } }, /at "\/what\/steps"/],
  ['a kind of deed that nobody knows', { what: { kind: 'magic' } }, /at "\/what\/kind"/],
  ['a deed of no kind', { what: {} }, /at "\/what"/],
  ['an unknown tag', withArgs({ $nope: 1 }), /at "\/what\/steps\/0\/calls\/0\/args" it is no value.*\$nope/],
  ['an integer in words', withArgs({ $int: 'many' }), /args" it is no value/],
  ['a reply that is no value', { reply: { $int: 1 } }, /at "\/reply" it is no value/],
  ['bytes that are no base64', wire({ bytes: '***', dispensed: false, brokerIdAt: [] }), /parts\/0\/bytes"/],
  [
    'a broker id outside of its bytes',
    wire({ bytes: 'AAAAAA==', dispensed: false, brokerIdAt: [1] }),
    /parts\/0\/brokerIdAt" it has 1, outside of the 4 bytes/,
  ],
  [
    'a variable with = in its name',
    { what: { kind: 'environment', mutations: [], env: { 'A=B': 'x' } } },
    /at "\/what\/env" it/,
  ],
])('%s is refused, with the place', (_, changes, message) => {
  const error = errorOf(JSON.stringify({ ...counterexample(), ...changes }));
  expect(error?.code).toBe('COUNTEREXAMPLE_INVALID');
  expect(error?.message).toMatch(message);
  expect(error?.message).toMatch(/^x\.json is not a counterexample of iglu-conformance: /);
});

test.each<[string, () => string, CounterexampleError['code']]>([
  ['nothing', () => '', 'COUNTEREXAMPLE_NOT_JSON'],
  ['half of one', () => JSON.stringify(counterexample()).slice(0, 100), 'COUNTEREXAMPLE_NOT_JSON'],
  ['a list', () => '[]', 'COUNTEREXAMPLE_INVALID'],
  ['null', () => 'null', 'COUNTEREXAMPLE_INVALID'],
  ['ten million brackets', () => '['.repeat(10_000_000), 'COUNTEREXAMPLE_TOO_LARGE'],
  [
    'a tape that is too deep',
    () => `{"tape":${'['.repeat(MAX_NESTING)}${']'.repeat(MAX_NESTING)}}`,
    'COUNTEREXAMPLE_TOO_LARGE',
  ],
  [
    'calls without end',
    () =>
      JSON.stringify(
        counterexample({
          what: {
            kind: 'calls',
            steps: Array.from({ length: 3 }, () => ({ times: 900_000, calls: [call('GetManifest', null)] })),
          },
        }),
      ),
    'COUNTEREXAMPLE_TOO_LARGE',
  ],
])('%s is refused', (_, text, code) => {
  expect(errorOf(text())?.code).toBe(code);
});

test('whatever is changed in a file, it is read or refused', () => {
  const text = JSON.stringify(counterexample({ reply: { $int: '1' }, origin: { seed: 1, path: '0:1' } }));
  const refused = new Set<string>();
  fc.assert(
    fc.property(fc.nat(text.length), fc.nat(20), fc.string(), (at, length, instead) => {
      refused.add(errorOf(text.slice(0, at) + instead + text.slice(at + length))?.code ?? 'none');
    }),
    { numRuns: 2_000, seed: 4 },
  );
  expect([...refused].sort()).toEqual(['COUNTEREXAMPLE_INVALID', 'COUNTEREXAMPLE_NOT_JSON', 'none']);
});
