import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseContract } from '../../../../harness/contract/index.js';
import { hasGo } from '../../../../harness/test/go.util.js';
import { ROOT } from '../../../run/built.util.js';
import { tempFolder, writeAt } from '../../../run/temp-folder.util.js';
import { argsArbitrary } from '../../arbitraries/index.js';
import type { Step } from '../../call.js';
import type { Counterexample } from '../counterexample.js';
import { call, counterexample } from '../sample.util.js';
import { stepsToDocument } from '../steps.js';
import { CASES, HOOKS, IGLU } from './cases.util.js';
import { goTest } from './go-test.js';

const temp = tempFolder();
const folder = join(temp, 'snippets');
const binary = join(temp, 'snippets.test');

const calls = (...steps: Step['calls'][]): Counterexample['what'] => ({
  kind: 'calls',
  steps: stepsToDocument(steps.map((each) => ({ calls: each }))),
});

const fileOf = (index: number): string => `case${index}_test.go`;
const run = (
  program: string,
  args: readonly string[],
  env: Record<string, string> = {},
): { status: number | null; output: string } => {
  const { status, stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    // A plugin that dies leaves its socket there.
    env: { ...process.env, TMPDIR: temp, ...env },
  });
  return { status, output: stdout + stderr };
};

describe.skipIf(!hasGo)('a test in Go', () => {
  const entries = Object.entries(CASES);
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    for (const name of ['go.mod', 'go.sum']) cpSync(join(ROOT, 'examples/go', name), join(folder, name));
    for (const [index, [, { document, contract, bad }]] of entries.entries())
      writeAt(
        join(folder, fileOf(index)),
        goTest(document, contract, [join(ROOT, 'examples/bin', bad)]),
        0o644,
      );
    writeAt(join(folder, 'every_method_test.go'), everyMethod(), 0o644);
    writeAt(join(folder, 'odd_types_test.go'), oddTypes(), 0o644);
  });

  test('is as gofmt has it, go vet has nothing to say, and it compiles', () => {
    // It names what it changes.
    expect(run('go', ['fmt', '.'])).toEqual({ status: 0, output: '' });
    expect(run('go', ['vet', '.'])).toEqual({ status: 0, output: '' });
    expect(run('go', ['test', '-c', '-o', binary, '.'])).toEqual({ status: 0, output: '' });
  });

  test.each(entries)('%s: fails as long as the fault is there, and passes when it is gone', (_, each) => {
    const name = /func (Test\w+)/.exec(goTest(each.document, each.contract, ['x']))?.[1] ?? '';
    const broken = run(binary, ['-test.run', `^${name}$`]);
    expect(broken.output).toMatch(each.says);
    expect(broken.status).toBe(1);
    const mended = run(binary, ['-test.run', `^${name}$`], {
      PLUGIN: join(ROOT, 'examples/bin', each.good),
    });
    expect(mended.output).toMatch(/^PASS$/m);
    expect(mended.status).toBe(0);
  });

  test('calls every method of a contract with whatever is generated, its callbacks served', () => {
    const { status, output } = run(binary, ['-test.v', '-test.run', 'EveryMethod']);
    expect(output).toMatch(/^--- PASS: TestStaysStableEveryMethod_/m);
    for (const method of HOOKS.plugins.get('hooks')?.methods.keys() ?? [])
      expect(output).toContain(`Plugin.${method}: `);
    expect(status).toBe(0);
  });
});

/** Three calls of each method, in flight together, and all of them twice: what is stable answers alike. */
function everyMethod(): string {
  const methods = [...(HOOKS.plugins.get('hooks')?.methods.values() ?? [])];
  const steps = methods.map((method) =>
    fc.sample(argsArbitrary(HOOKS, method), { numRuns: 3, seed: 4 }).map((args, caller) => ({
      plugin: 'hooks',
      method: method.name,
      args,
      taken: [],
      ...(caller > 0 ? { caller: caller % 2 } : {}),
    })),
  );
  const document = counterexample({ key: 'fuzz/stays-stable@EveryMethod', what: calls(...steps, ...steps) });
  return goTest(document, HOOKS, [join(ROOT, 'examples/bin/hooks')]);
}

/** Types that hold each other, errors and values of any type, and names that are none in Go: compiled, not run. */
function oddTypes(): string {
  const struct = (properties: object): object => ({ type: 'object', properties });
  const contract = parseContract(
    {
      name: 'odd',
      handshake: { protocolVersions: [1, 2], magicCookieKey: 'A"', magicCookieValue: '\u00e9' },
      plugins: {
        'odd plugin': {
          transport: 'netrpc',
          methods: {
            Odd: {
              stable: true,
              args: struct({
                Any: { go: 'interface' },
                Err: { go: 'error' },
                A: { $ref: '#/$defs/A' },
                List: { $ref: '#/$defs/MyList' },
                Node: { $ref: '#/$defs/Node' },
                Names: {
                  type: 'object',
                  goKey: 'float',
                  additionalProperties: struct({ X: { go: 'complex' } }),
                },
                Empty: struct({}),
              }),
              reply: struct({
                Err: { go: 'error' },
                Deep: struct({ Deeper: struct({ Y: { type: 'boolean' } }) }),
              }),
            },
          },
        },
      },
      errorTypes: { '*odd.Error': struct({ Text: { type: 'string' } }), 'odd.Code': { type: 'integer' } },
      $defs: {
        A: struct({ B: { $ref: '#/$defs/B' }, Long_name: { type: 'integer' } }),
        B: struct({ A: { $ref: '#/$defs/A' } }),
        MyList: { type: 'array', items: { $ref: '#/$defs/MyList' } },
        Node: struct({ Next: { $ref: '#/$defs/Node' }, Value: { type: 'number' } }),
      },
    },
    'odd.json',
  );
  const args = {
    Any: { $interface: { type: '[]string', value: ['x'] } },
    Err: { $interface: { type: '*odd.Error', value: { Text: '\n' } } },
    A: { B: { A: null }, Long_name: { $int: '-9223372036854775808' } },
    List: [[], [[]]],
    Node: { Next: { Next: null, Value: { $float: 'NaN' } }, Value: { $float: '-Infinity' } },
    Names: {
      $map: [
        [{ $float: 'NaN' }, { X: { $complex: [{ $float: '-0' }, 1] } }],
        [1, { X: { $complex: [0, 0] } }],
        [1, { X: { $complex: [2, 0] } }],
      ],
    },
    Empty: {},
  };
  const other = {
    ...args,
    Err: { $interface: { type: 'odd.Code', value: 3 } },
    Any: { $interface: { type: 'float32', value: { $float: 'Infinity' } } },
  };
  const document = counterexample({
    key: 'fuzz/stays-stable@Odd',
    message: 'text with\nmany\u2028lines "and" //go:build quotes',
    flags: ['--env', 'A="b"', '--timeout', '1500', '--start-timeout', '60000', '--cookie', 'K=V'],
    what: {
      kind: 'calls',
      steps: [args, other].map((each) => ({
        calls: [{ plugin: 'odd plugin', method: 'Odd', args: each as never }],
      })),
    },
  });
  return goTest(document, contract, ['node', 'a"b.js']);
}

test.each<[string, Partial<Counterexample>, RegExp]>([
  ['is not about calls', { what: { kind: 'environment', mutations: [], env: {} } }, /not about calls/],
  [
    'calls what the contract has not',
    { what: { kind: 'calls', steps: [{ calls: [call('Nope', null)] }] } },
    /no method/,
  ],
  [
    'has arguments that are not valid',
    { what: { kind: 'calls', steps: [{ calls: [call('GetDeviceStatus', { UniqueID: 1 })] }] } },
    /not valid by the contract/,
  ],
])('a counterexample that %s is refused', (_, changes, message) => {
  expect(() => goTest(counterexample(changes), IGLU, ['x'])).toThrow(
    expect.objectContaining({ code: 'COUNTEREXAMPLE_INVALID', message: expect.stringMatching(message) }),
  );
});
