export { FAULT_CELLS, type FaultCell } from './cells.js';
export type { HostControl, Loaded, SeenPlugin } from './host-control.js';
export { answer, Deviation, settled, show } from './deviation.js';
export { Scene } from './scene.js';
export { runCell, type CellOutcome } from './run-cell.js';
export type { FaultBudgets, Stage } from './stage.js';
export {
  openReferenceStage,
  type OpenStage,
  type ReferenceStage,
  type ReferenceStageOptions,
} from './reference-stage.js';
export { inOrder } from './reference-control.js';
export { StageError } from './stage-error.js';
export { ScratchFolder } from './scratch-folder.js';
export { Timeline } from './timeline.js';
