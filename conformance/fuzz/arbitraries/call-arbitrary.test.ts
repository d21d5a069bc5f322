import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentWith } from '../../../harness/contract/contract.util.js';
import { parseContract } from '../../../harness/contract/index.js';
import { iglu, methodOf } from './arbitraries.util.js';
import { callArbitrary, withTaken } from './call-arbitrary.js';

const devices = (...ids: string[]) => ({
  Devices: ids.map((UniqueID) => ({ UniqueID, ManufacturerName: '', ModelName: '', Type: 0 })),
});

describe('callArbitrary', () => {
  it('takes three of four values from the plugin’s own replies', async () => {
    const { contract, method } = await iglu('OnDeviceToggle');
    const calls = fc.sample(callArbitrary(contract, 'iglu_plugin', method), { seed: 1, numRuns: 2000 });
    const taken = calls.filter((call) => call.taken.length === 1);
    expect(taken.length / calls.length).toBeCloseTo(0.75, 1);
    expect(new Set(taken.map((call) => call.taken[0]?.index)).size).toBeGreaterThan(20);
    for (const call of calls) expect(call).toMatchObject({ plugin: 'iglu_plugin', method: 'OnDeviceToggle' });
    for (const call of taken) expect(call.taken[0]?.path).toEqual(['Id']);
  });

  it('takes nothing where the contract names no source', async () => {
    const { contract, method } = await iglu('OnConfigurationUpdate');
    for (const call of fc.sample(callArbitrary(contract, 'iglu_plugin', method), 50))
      expect(call.taken).toEqual([]);
  });

  it('shrinks to the first value that a plugin named, or to none', async () => {
    const { contract, method } = await iglu('GetDeviceStatus');
    const arbitrary = callArbitrary(contract, 'iglu_plugin', method);
    const least = (holds: (taken: number) => boolean): unknown =>
      fc.check(
        fc.property(arbitrary, ({ taken }) => holds(taken.length)),
        { seed: 1, numRuns: 1000 },
      ).counterexample?.[0];
    expect(least((taken) => taken === 0)).toEqual({
      plugin: 'iglu_plugin',
      method: 'GetDeviceStatus',
      args: { UniqueID: '' },
      taken: [{ path: ['UniqueID'], index: 0 }],
    });
    expect(least(() => false)).toMatchObject({ args: { UniqueID: '' }, taken: [] });
  });
});

describe('withTaken', () => {
  it('puts in the value that the plugin named, counted round', async () => {
    const { method } = await iglu('OnDeviceToggle');
    const args = { Id: 'generated', Status: true };
    const take = (index: number) =>
      withTaken(method, { args, taken: [{ path: ['Id'], index }] }, () => devices('a', 'b'));
    expect(take(0)).toEqual({ Id: 'a', Status: true });
    expect(take(3)).toEqual({ Id: 'b', Status: true });
    expect(args.Id).toBe('generated');
  });

  it('asks for the reply of the source alone', async () => {
    const { method } = await iglu('OnDeviceToggle');
    const asked: string[] = [];
    withTaken(method, { args: { Id: '', Status: true }, taken: [{ path: ['Id'], index: 0 }] }, (source) => {
      asked.push(source);
      return undefined;
    });
    expect(asked).toEqual(['GetAvailableDevices']);
  });

  it('leaves what was generated where nothing was named', async () => {
    const { method } = await iglu('OnDeviceToggle');
    const call = { args: { Id: 'generated', Status: true }, taken: [{ path: ['Id'], index: 5 }] };
    expect(withTaken(method, call, () => undefined)).toEqual(call.args);
    expect(withTaken(method, call, () => devices())).toEqual(call.args);
    expect(withTaken(method, { ...call, taken: [] }, () => devices('a'))).toEqual(call.args);
    expect(
      withTaken(method, { ...call, taken: [{ path: ['Status'], index: 0 }] }, () => devices('a')),
    ).toEqual(call.args);
  });

  it('leaves what was generated where the value would not be valid', () => {
    const contract = parseContract(
      {
        ...documentWith({}),
        plugins: {
          p: {
            methods: {
              List: { args: null, reply: { type: 'array', items: { type: 'string' } } },
              Call: {
                args: {
                  type: 'object',
                  properties: { Id: { type: 'string', minLength: 2, valuesFrom: 'List/*' } },
                },
                reply: null,
              },
            },
          },
        },
      },
      'test.json',
    );
    const { method } = methodOf(contract, 'Call');
    const take = (index: number) =>
      withTaken(method, { args: { Id: 'aa' }, taken: [{ path: ['Id'], index }] }, () => ['x', 'yy']);
    expect(take(0)).toEqual({ Id: 'aa' });
    expect(take(1)).toEqual({ Id: 'yy' });
  });
});
