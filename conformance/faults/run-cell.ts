import { nothingLeft, othersUndisturbed } from './aftermath.js';
import type { FaultCell } from './cells.js';
import { Deviation } from './deviation.js';
import { isBeforeRunning, type PhaseName } from './phases.js';
import { Scene } from './scene.js';
import type { Stage } from './stage.js';
import { whileRunning } from './while-running.js';
import { whileStarting } from './while-starting.js';

/** How a cell went. */
export type CellOutcome =
  | { readonly kind: 'as expected'; readonly timeline: readonly string[] }
  | { readonly kind: 'impossible'; readonly because: string }
  | { readonly kind: 'wrong'; readonly deviation: Deviation; readonly timeline: readonly string[] };

/**
 * Puts one fault on a plugin at one moment, and compares what its host makes of it with the oracle.
 *
 * @throws RelayError when the moment could not be reached, HarnessError when the host's answers cannot be read
 */
export async function runCell(stage: Stage, cell: FaultCell): Promise<CellOutcome> {
  if ('impossible' in cell.expected) return { kind: 'impossible', because: cell.expected.impossible };
  const scene = await Scene.open(stage);
  try {
    const files = await stage.host.tempFiles();
    const before = isBeforeRunning(cell.phase.name as PhaseName);
    await (before ? whileStarting(scene, cell, cell.expected) : whileRunning(scene, cell, cell.expected));
    await othersUndisturbed(scene);
    await nothingLeft(scene, files);
    return { kind: 'as expected', timeline: scene.timeline.lines };
  } catch (error) {
    if (!(error instanceof Deviation)) throw error;
    const found = stage.host.alive
      ? error
      : new Deviation('The host is gone.', 'the host lives on', error.actual);
    return { kind: 'wrong', deviation: found, timeline: scene.timeline.lines };
  } finally {
    await scene.close();
  }
}
