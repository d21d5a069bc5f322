import { expect, it } from 'vitest';
import { loadContract } from '../../harness/contract/index.js';
import { proofSubjects } from '../proof/subjects.js';
import { findingsOf } from '../report/index.js';
import { checkPlugin } from './index.js';

it('judges a good plugin of an exclusive contract right', async () => {
  const [demo] = proofSubjects();
  const contract = { ...(await loadContract('iglu')), exclusive: true };
  const report = await checkPlugin(demo?.command ?? [''], { contract, skip: ['concurrency'], seed: 1 });
  expect(findingsOf(report.checks)).toEqual([]);
  expect(report.verdict).toBe('conformant');
}, 120_000);
