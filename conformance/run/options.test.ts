import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ContractError, loadContract } from '../../harness/contract/index.js';
import { DEFAULT_BUDGETS } from '../subject/index.js';
import { ROOT } from './built.util.js';
import { RunError } from './errors.js';
import { withDefaults } from './options.js';

beforeEach(() => {
  process.env['LAMP_TOKEN'] = 'secret';
});
afterEach(() => {
  delete process.env['LAMP_TOKEN'];
});

test('everything has a default', async () => {
  const first = await withDefaults({});
  expect(first).toMatchObject({
    contract: { name: 'iglu' },
    protocolOnly: false,
    selection: { only: [], skip: [], level: 'may' },
    env: {},
    inheritEnv: false,
    requireAll: false,
    allowEffects: false,
    knownFailing: [],
    budgets: DEFAULT_BUDGETS,
    reproduceFlags: [],
  });
  const seeds = await Promise.all([1, 2, 3].map(async () => (await withDefaults({})).seed));
  expect(new Set([first.seed, ...seeds]).size).toBeGreaterThan(1);
});

test('what is given is kept, and what a finding needs to be seen again becomes flags', async () => {
  const hooks = join(ROOT, 'examples/contracts/hooks.json');
  const options = await withDefaults({
    contract: hooks,
    cookie: { key: 'HOOKS', value: 'a=b' },
    requireAll: true,
    allowEffects: true,
    inheritEnv: true,
    env: { MODE: 'two words' },
    passEnv: ['LAMP_TOKEN'],
    startTimeoutMs: 1500,
    timeoutMs: 700,
    seed: 5,
  });
  expect(options).toMatchObject({
    env: { MODE: 'two words', LAMP_TOKEN: 'secret' },
    seed: 5,
    inheritEnv: true,
  });
  expect(options.contract.handshake).toMatchObject({ magicCookieKey: 'HOOKS', magicCookieValue: 'a=b' });
  expect(options.budgets).toEqual({ ...DEFAULT_BUDGETS, startTimeoutMs: 1500, timeoutMs: 700 });
  expect(options.reproduceFlags.join(' ')).toBe(
    `--contract ${hooks} --cookie HOOKS=a=b --require-all --allow-effects --inherit-env ` +
      '--env MODE=two words --env LAMP_TOKEN --start-timeout 1500 --timeout 700',
  );
});

test('a contract may be given as it was loaded', async () => {
  const contract = await loadContract('greeter');
  const options = await withDefaults({ contract });
  expect(options.contract).toBe(contract);
  expect(options.reproduceFlags).toEqual(['--contract', 'greeter']);
});

test('without a contract, the cookie is enough', async () => {
  const options = await withDefaults({ contract: 'none', cookie: { key: 'K', value: 'V' } });
  expect(options).toMatchObject({
    protocolOnly: true,
    contract: { name: 'none', handshake: { magicCookieKey: 'K' } },
  });
});

test.each([
  ['a missing cookie', { contract: 'none' }, RunError, 'COOKIE_MISSING'],
  ['a variable that is not there', { passEnv: ['NO_SUCH_VARIABLE'] }, RunError, 'VARIABLE_MISSING'],
  ['a glob that means nothing', { only: ['lunch'] }, RunError, 'SELECTS_NOTHING'],
  [
    'a known failure that there is not',
    { knownFailing: [{ key: 'lunch/runs', reason: '' }] },
    RunError,
    'UNKNOWN_KEY',
  ],
  ['a contract that there is not', { contract: './nowhere.json' }, ContractError, 'CONTRACT_NOT_FOUND'],
] as const)('refused: %s', async (_, options, type, code) => {
  await expect(withDefaults(options)).rejects.toThrow(type);
  await expect(withDefaults(options)).rejects.toMatchObject({ code });
});
