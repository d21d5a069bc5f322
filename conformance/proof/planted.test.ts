import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../harness/contract/index.js';
import { goExample } from '../../harness/test/examples.util.js';
import { hasGo } from '../../harness/test/go.util.js';
import { ROOT } from '../run/built.util.js';
import { PLANTED, sizeOf, type PlantedBug, type PlantedStep } from './planted.js';
import { brokenBy } from './planted.util.js';

/** Two calls that are in flight together need not overlap in the plugin: a race may need more than one try. */
const TRIES_OF_A_RACE = 20;

async function brokenIn(
  program: string,
  { contract }: PlantedBug,
  steps: readonly PlantedStep[],
): Promise<string[]> {
  return brokenBy(
    goExample(program),
    await loadContract(contract.endsWith('.json') ? join(ROOT, contract) : contract),
    steps,
  );
}

describe.skipIf(!hasGo)('each planted bug', () => {
  for (const bug of PLANTED) {
    const canBeSeen = existsSync('/proc/self/fd') || bug.name !== 'file-left-open';

    it.skipIf(!canBeSeen)(`${bug.name} comes out by its minimal input`, async () => {
      const steps = bug.deterministic
        ? bug.minimal
        : bug.minimal.map((step) => ({ ...step, times: TRIES_OF_A_RACE }));
      const broken = await brokenIn(`planted/${bug.name}`, bug, steps);
      expect(broken).toHaveLength(1);
      expect(bug.findings.map((key) => key.split('@')[0])).toContain(broken[0]);
    });

    it.concurrent(`${bug.name} is not in the plugin without it`, async () => {
      const twin = bug.contract === 'iglu' ? 'lamp' : 'hooks';
      expect(await brokenIn(twin, bug, bug.minimal)).toEqual([]);
    });

    it(`${bug.name} has a minimal input within its bound`, () => {
      const { calls, characters } = sizeOf(bug.minimal);
      expect(calls).toBeLessThanOrEqual(bug.bound.calls);
      expect(characters).toBeLessThanOrEqual(bug.bound.characters);
    });
  }
});

describe('the planted bugs', () => {
  it('are all that there are sources of', () => {
    const sources = readdirSync(join(ROOT, 'examples', 'go', 'planted'));
    expect(PLANTED.map(({ name }) => name).sort()).toEqual(sources.sort());
  });
});
