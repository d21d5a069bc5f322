import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Value } from '../../harness/value/index.js';
import type { Call, Step } from './call.js';
import { oneAfterTheOther, withoutNeedless, withSimplerArguments } from './minimize.js';

function call(method: string, args: Value = null): Call {
  return { plugin: 'p', method, args, taken: [] };
}

const alone = (...names: string[]): Step[] => names.map((name) => ({ calls: [call(name)] }));
const namesOf = (steps: readonly Step[]): string[][] =>
  steps.map(({ calls }) => calls.map(({ method }) => method));
const always = (): boolean => true;

test('what is needed stays, in its order, and nothing else', async () => {
  const methods = fc.constantFrom('a', 'b', 'c', 'x', 'y');
  const steps = fc.array(fc.array(methods, { minLength: 1, maxLength: 4 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(steps, steps, steps, async (before, between, after) => {
      const all = [...before, ['a'], ...between, ['b'], ...after].map((names) => ({
        calls: names.map((name) => call(name)),
      }));
      const needs = async (fewer: readonly Step[]): Promise<boolean> => {
        const flat = namesOf(fewer).flat();
        return flat.includes('a') && flat.lastIndexOf('b') > flat.indexOf('a');
      };
      expect(namesOf(await withoutNeedless(all, needs, always)).flat()).toEqual(['a', 'b']);
    }),
  );
});

test('calls that must be in flight together stay together', async () => {
  const steps = [...alone('a', 'b'), { calls: [call('x'), call('a'), call('y'), call('b')] }];
  const together = async (fewer: readonly Step[]): Promise<boolean> =>
    namesOf(fewer).some((names) => names.includes('a') && names.includes('b'));
  expect(namesOf(await withoutNeedless(steps, together, always))).toEqual([['a', 'b']]);
});

test('calls that need not be in flight together are made one after the other', async () => {
  const steps = [{ calls: [call('a'), call('b')] }, ...alone('c')];
  expect(namesOf(await oneAfterTheOther(steps, async () => true))).toEqual([['a'], ['b'], ['c']]);
  expect(await oneAfterTheOther(steps, async () => false)).toBe(steps);
});

test('nothing is tried when the time is up', async () => {
  const steps = alone('a', 'b', 'c');
  let tried = 0;
  const least = await withoutNeedless(
    steps,
    async () => {
      tried += 1;
      return true;
    },
    () => false,
  );
  expect({ least, tried }).toEqual({ least: steps, tried: 0 });
});

test('arguments become as simple as they can be and still fail, and stay valid', async () => {
  const steps: Step[] = [
    {
      calls: [
        call('Set', { Name: 'long enough to be cut', Level: 77, On: true, Tags: ['one', 'two', 'three'] }),
      ],
    },
  ];
  const fails = async (now: readonly Step[]): Promise<boolean> => {
    const args = now[0]?.calls[0]?.args as { Name: string; Level: number; Tags: string[] };
    return args.Name.length >= 3 && args.Level >= 10 && args.Tags.length > 1;
  };
  const isValid = ({ args }: Call): boolean => (args as { Level: number }).Level !== 38;
  const [least] = await withSimplerArguments(steps, isValid, fails, always);
  expect(least?.calls[0]?.args).toEqual({ Name: 'aaa', Level: 10, On: false, Tags: ['', ''] });
});
