import { expect, test } from 'vitest';
import { loadContract } from '../../harness/contract/index.js';
import { methodTargets } from '../subject/index.js';
import { RunError } from './errors.js';
import { allResults } from './plan.js';
import type { Selection } from './select.js';
import { vetRun } from './vet.js';

const results = allResults(methodTargets(await loadContract('iglu'), false));

function vet(selection: Partial<Selection>, known: string[] = []): () => void {
  return () => {
    vetRun(
      { only: [], skip: [], level: 'may', ...selection },
      known.map((key) => ({ key, reason: '' })),
      results,
    );
  };
}

test('what means something is let through', () => {
  expect(
    vet({ only: ['launch', 'interface/replies@GetManifest'], skip: ['**@OnLoad'], level: 'must' }, [
      'launch/runs',
    ]),
  ).not.toThrow();
});

test.each([
  [
    vet({ only: ['launch/rusn'] }),
    'SELECTS_NOTHING',
    '"launch/rusn" selects no check. Did you mean "launch/runs"?',
  ],
  [vet({ skip: ['lanuch'] }), 'SELECTS_NOTHING', '"lanuch" selects no check. Did you mean "launch"?'],
  [
    vet({ only: ['interface/replies@GetManifst'] }),
    'SELECTS_NOTHING',
    'Did you mean "interface/replies@GetManifest"?',
  ],
  [
    vet({ only: ['launch/long-temp-folder'], level: 'must' }),
    'SELECTS_NOTHING',
    '--only launch/long-temp-folder --level must together leave no check.',
  ],
  [vet({ skip: ['**'] }), 'SELECTS_NOTHING', '--skip ** --level may together leave no check.'],
  [
    vet({}, ['launch/runs', 'launch/rnus']),
    'UNKNOWN_KEY',
    '"launch/rnus", which is known to fail, is the key of no result of this contract. Did you mean "launch/runs"?',
  ],
  [vet({}, ['interface/replies']), 'UNKNOWN_KEY', '"interface/replies"'],
])('refused: %#', (run, code, message) => {
  expect(run).toThrow(RunError);
  expect(run).toThrow(expect.objectContaining({ code }));
  expect(run).toThrow(message);
});
