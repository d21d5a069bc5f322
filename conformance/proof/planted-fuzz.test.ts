import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasGo } from '../../harness/test/go.util.js';
import { PLANTED } from './planted.js';
import { provePlanted, type PlantedProof } from './prove-planted.js';
import { BIN, pathOf } from './subjects.js';

/** What hangs is waited for a while, and not as long as by a user; shrinking is proved by planted-main. */
const BUDGETS = { timeoutMs: 3_000, fuzzMs: 10_000, shrinkMs: 5_000 };

/** Of twenty seeds one may miss a bug: three do not. */
const SEEDS = [1, 2, 3];

describe
  .skipIf(!hasGo)
  .concurrent('fuzzing finds the planted bug and nothing else, and its file fails again', () => {
    it.each(PLANTED)('$name', { timeout: 300_000 }, async (bug) => {
      let proof: PlantedProof | undefined;
      for (const seed of SEEDS) {
        proof = await provePlanted(
          bug,
          [join(BIN, 'planted', bug.name)],
          pathOf(bug.contract),
          seed,
          2,
          BUDGETS,
        );
        expect(proof.others).toEqual([]);
        if (proof.found !== undefined) break;
      }
      expect(bug.findings).toContain(proof?.found);
      expect(proof?.replayed).toBeGreaterThanOrEqual(bug.deterministic ? 2 : 0);
    });
  });
