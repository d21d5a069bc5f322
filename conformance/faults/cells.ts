import { expectation, type Expectation, type Impossible } from './expectation.js';
import { FAULTS, type Fault } from './faults.js';
import { PHASES, type Phase } from './phases.js';

/** One fault at one moment. */
export interface FaultCell {
  /** `fault/phase`. */
  readonly name: string;
  readonly fault: Fault;
  readonly phase: Phase;
  readonly expected: Expectation | Impossible;
}

/** The whole table: every fault at every moment, those that cannot be among them. */
export const FAULT_CELLS: readonly FaultCell[] = FAULTS.flatMap((fault: Fault) =>
  PHASES.map((phase: Phase) => ({
    name: `${fault.name}/${phase.name}`,
    fault,
    phase,
    expected: expectation(fault, phase),
  })),
);
