import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Contract, loadContract } from '../../../harness/contract/index.js';
import { toJson } from '../../../harness/value/index.js';
import { HOOKS, sampled } from './arbitraries.util.js';

/** The first values of each method of a contract’s plugins, as one digest. */
function digestOf(contract: Contract): string {
  const hash = createHash('sha256');
  for (const { methods } of contract.plugins.values()) {
    for (const method of methods.values()) {
      for (const value of sampled({ contract, method }, 200, 4))
        hash.update(`${JSON.stringify(toJson(value))}\n`);
    }
  }
  return hash.digest('hex');
}

// The same on every version of Node. A change here is a change of what every seed stands for.
describe('the values of a seed', () => {
  it('are always the same for the Iglu contract', async () => {
    expect(digestOf(await loadContract('iglu'))).toBe(
      '6b4da99e8214451d4847a8e44505d39f74a89abe4a46b1864a0237b41cf7435d',
    );
  });

  it('are always the same for the hooks contract', async () => {
    expect(digestOf(await loadContract(HOOKS))).toBe(
      '6532e2e88bf4f62cd79e86fc7a447df69f0d0f8355ef4f32570604f87fe67d8e',
    );
  });

  it('do not depend on what was generated before', async () => {
    const first = digestOf(await loadContract(HOOKS));
    const contract = await loadContract(HOOKS);
    digestOf(contract);
    expect(digestOf(contract)).toBe(first);
  });
});
