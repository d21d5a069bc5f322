import { runCell } from '../../faults/index.js';
import type { FaultCheck } from '../check.js';
import { notApplicable, passed } from '../outcomes.js';
import { CALLING_CHECKS } from './calling.js';
import { CRASHING_CHECKS } from './crashing.js';
import { outcomeOf } from './host-check.js';
import { LOADING_CHECKS } from './loading.js';

/** Each fault at each moment: what the checks above promise in the plainest case. */
export const withstands: FaultCheck = {
  id: 'host/withstands',
  target: 'fault',
  title:
    'Whatever befalls a plugin, whenever: its state and reason are right and in time, calls end, others are left alone, it comes back, and nothing is left',
  level: 'must',
  needs: [...LOADING_CHECKS, ...CALLING_CHECKS, ...CRASHING_CHECKS]
    .filter(({ level }) => level === 'must')
    .map(({ id }) => id),
  reference: 'docs/faults.md',
  why: 'Plugins die at the worst of moments.',
  fix: 'See the timeline; iglu-conformance checks host/marks-exit and its neighbours explain what is expected.',
  async run({ host }, cell) {
    if ('impossible' in cell.expected) return notApplicable(cell.expected.impossible);
    if (!host.options.adapter) return notApplicable('the host has no adapter (--adapter)');
    if (!host.call) return notApplicable('the contract has no method that may be called again');
    let timeline: readonly string[] = [];
    try {
      await host.onStage(async (stage) => {
        const outcome = await runCell(stage, cell);
        if (outcome.kind !== 'impossible') timeline = outcome.timeline;
        if (outcome.kind === 'wrong') throw outcome.deviation;
      });
      return passed(timeline.at(-1)?.trim());
    } catch (error) {
      return outcomeOf(error, { seen: timeline });
    }
  },
};
