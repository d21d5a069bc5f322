import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractDocument, loadContract } from '../../../harness/contract/index.js';
import { documentWith } from '../../../harness/contract/contract.util.js';
import { trustContract } from '../../../harness/contract/parse.js';
import { Encoder } from '../../../harness/gob/index.js';
import { equal, fromJson, toJson, type ValueStruct } from '../../../harness/value/index.js';
import { hooks, HOOKS, iglu, methodOf, sampled, taking } from './arbitraries.util.js';
import type { ArbitraryError } from './errors.js';
import { argsArbitrary, replyArbitrary } from './method-arbitrary.js';

describe('argsArbitrary', () => {
  it('gives the one value of a method without arguments', async () => {
    const known = await iglu('GetManifest');
    expect(sampled(known, 20)).toEqual(Array(20).fill(null));
  });

  it('leaves broker ids as they are in the sample', async () => {
    const known = await hooks('LogLines');
    for (const args of sampled(known, 200)) expect((args as ValueStruct)['API']).toBe(0);
    expect(new Set(sampled(known, 200).map((args) => JSON.stringify(toJson(args)))).size).toBeGreaterThan(
      100,
    );
  });

  it('is made once for each method', async () => {
    const { contract, method } = await iglu('OnDeviceToggle');
    expect(argsArbitrary(contract, method)).toBe(argsArbitrary(contract, method));
  });

  it.each(['iglu', HOOKS])('makes valid arguments of %s, which gob and JSON can write', async (source) => {
    const contract = await loadContract(source);
    for (const { methods } of contract.plugins.values()) {
      for (const method of methods.values()) {
        for (const value of sampled({ contract, method }, 300)) {
          expect(method.violationsOfArgs(value)).toEqual([]);
          expect(new Encoder().encode(method.args, value).length).toBeGreaterThan(0);
          // Not with toEqual, which is slow for lists of thousands.
          expect(equal(fromJson(toJson(value)), value)).toBe(true);
        }
      }
    }
  });

  it('makes arguments of a host’s service', async () => {
    const contract = await loadContract(HOOKS);
    const method = contract.hostServices.get('api')?.methods.get('Log');
    if (method === undefined) throw new Error('no method Log');
    for (const value of fc.sample(argsArbitrary(contract, method), 100)) {
      expect(method.violationsOfArgs(value)).toEqual([]);
    }
  });

  it('shrinks a value that it did not make', async () => {
    const { contract, method } = await iglu('OnDeviceToggle');
    const arbitrary = argsArbitrary(contract, method);
    const saved = { Id: 'lamp', Status: true };
    expect(arbitrary.canShrinkWithoutContext(saved)).toBe(true);
    expect(arbitrary.canShrinkWithoutContext({ Id: 7, Status: true })).toBe(false);
    expect(arbitrary.shrink(saved, undefined).getNthOrLast(0)?.value).toEqual({ Id: '', Status: false });
  });

  it('refuses a method of another contract', async () => {
    const { contract } = await iglu('OnDeviceToggle');
    const { method } = taking({ type: 'string' });
    expect(() => argsArbitrary(contract, method)).toThrow(
      expect.objectContaining({ code: 'ARBITRARY_NO_METHOD' }) as ArbitraryError,
    );
  });
});

describe('a type without values', () => {
  const without = (schema: object): (() => unknown) => {
    const document = documentWith({ args: schema }) as unknown as ContractDocument;
    const { contract, method } = methodOf(trustContract(document, 'test.json'), 'Call');
    return () => argsArbitrary(contract, method);
  };

  it.each([
    ['a range', { type: 'integer', minimum: 5, maximum: 4 }],
    ['a pattern', { type: 'string', pattern: '^a$', minLength: 2 }],
    ['an enum', { type: 'integer', enum: [1, 2], minimum: 3 }],
    [
      'alternatives',
      {
        type: 'integer',
        anyOf: [
          { minimum: 5, maximum: 4 },
          { const: 0, minimum: 1 },
        ],
      },
    ],
    ['unique elements', { type: 'array', items: { type: 'boolean' }, uniqueItems: true, minItems: 3 }],
    ['a field', { type: 'object', properties: { A: { type: 'string', pattern: '^a$', minLength: 2 } } }],
  ])('is a typed error: %s', (_, schema) => {
    expect(without(schema)).toThrow(
      expect.objectContaining({ code: 'ARBITRARY_NOTHING_VALID' }) as ArbitraryError,
    );
  });

  it('names the place, what is wrong there and what helps', () => {
    expect(
      without({ type: 'object', properties: { A: { type: 'string', pattern: '^a$', minLength: 2 } } }),
    ).toThrow(
      /^No valid value of Call’s arguments\/A was found in 300 tries \(the value must .*\): give some in its "examples"\.$/u,
    );
  });

  it('is passed over where another one will do', () => {
    const known = taking({
      type: 'array',
      items: { type: 'integer', minimum: 1 },
      anyOf: [{ items: { maximum: 0 } }, { maxItems: 1 }],
    });
    expect(sampled(known, 50)).toContainEqual([1]);
  });
});

describe('replyArbitrary', () => {
  it('makes valid replies that mostly keep the conventions', async () => {
    const contract = await loadContract('iglu');
    const { method } = methodOf(contract, 'GetManifest');
    const replies = fc.sample(replyArbitrary(contract, method), { seed: 1, numRuns: 300 });
    for (const reply of replies) expect(method.violationsOfReply(reply)).toEqual([]);
    const kept = replies.filter((reply) => method.conventionsOfReply(reply).length === 0).length;
    expect(kept).toBeGreaterThan(100);
    expect(kept).toBeLessThan(300);
  });

  it('makes valid replies of each method of the hooks contract', async () => {
    const contract = await loadContract(HOOKS);
    for (const { methods } of contract.plugins.values()) {
      for (const method of methods.values()) {
        for (const reply of fc.sample(replyArbitrary(contract, method), { seed: 1, numRuns: 100 }))
          expect(method.violationsOfReply(reply)).toEqual([]);
      }
    }
  });
});
