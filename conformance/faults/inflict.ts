import type { RelayRun } from '../../harness/relay/index.js';
import type { FaultCell } from './cells.js';
import { isBeforeRunning, type PhaseName } from './phases.js';
import type { Scene } from './scene.js';

/** Makes the fault of a cell happen. */
export async function inflict(scene: Scene, { fault, phase }: FaultCell, run: RelayRun): Promise<void> {
  scene.timeline.mark(`${fault.title}, while ${phase.title}`);
  // Silence before there is a connection is what the hold is already.
  if (fault.name === 'silence' && isBeforeRunning(phase.name as PhaseName) && phase.name !== 'dispensing')
    return;
  await fault.inflict(run);
}
