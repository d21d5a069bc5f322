import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyValue } from '../../harness/value/arbitrary.util.js';
import { ByteString, equal, toJson, type Value } from '../../harness/value/index.js';
import { smallerValues } from './smaller.js';

test('going from smaller to smaller comes to an end', () => {
  fc.assert(
    fc.property(anyValue, fc.infiniteStream(fc.nat(20)), (value, choices) => {
      let current: Value = value;
      for (let step = 0; step < 2_000; step++) {
        const smaller = [...smallerValues(current)];
        if (smaller.length === 0) return;
        current = smaller[(choices.next().value as number) % smaller.length] as Value;
      }
      // Numbers may take many steps of one: what matters is that it does not go round.
      expect(JSON.stringify(toJson(current)).length).toBeLessThanOrEqual(
        JSON.stringify(toJson(value)).length,
      );
    }),
    { numRuns: 300 },
  );
});

test('nothing is smaller than itself', () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      for (const smaller of smallerValues(value)) expect(equal(smaller, value)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('the simplest come first', () => {
  expect([...smallerValues(true)]).toEqual([false]);
  expect([...smallerValues(9)][0]).toBe(0);
  expect([...smallerValues(-(2n ** 63n))][0]).toBe(0);
  expect([...smallerValues('abc')][0]).toBe('');
  expect([...smallerValues([1, 2])][0]).toEqual([]);
  expect([...smallerValues(new ByteString(Uint8Array.of(0xff)))][0]).toBe('');
  expect([...smallerValues({ A: '', B: 0, C: false })]).toEqual([]);
});
