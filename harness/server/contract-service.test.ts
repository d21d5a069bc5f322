import { expect, test } from 'vitest';

import { contractService, loadContract } from './index.js';

test('has the methods that have a handler, in the contract’s types', async () => {
  const contract = (await loadContract('greeter')).plugins.get('greeter');
  if (!contract) throw new Error('no greeter');
  const service = contractService(contract, { Greet: () => 'hello', Other: () => 'not in the contract' });
  expect([...service.keys()]).toEqual(['Greet']);
  expect(service.get('Greet')).toMatchObject({ args: { kind: 'interface' }, reply: { kind: 'string' } });
  expect(service.get('Greet')?.handle(null)).toBe('hello');
  expect(contractService(contract, {}).size).toBe(0);
});

test('takes no handler from Object.prototype', async () => {
  const contract = (await loadContract('greeter')).plugins.get('greeter');
  const greet = contract?.methods.get('Greet');
  if (!contract || !greet) throw new Error('no greeter');
  const odd = { ...contract, methods: new Map([['toString', { ...greet, name: 'toString' }]]) };
  expect(contractService(odd, {}).size).toBe(0);
});
