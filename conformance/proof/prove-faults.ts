import { loadContract } from '../../harness/contract/index.js';
import { FAULT_CELLS, runCell, type CellOutcome, type FaultCell } from '../faults/index.js';
import { DEFAULT_HOST_BUDGETS, HostSubject } from '../hosts/index.js';
import { inParallel } from '../run/index.js';
import { BUDGETS, type ProofHost } from './prove-host.js';

/** How one cell went on a host. */
export interface CellProof {
  readonly cell: string;
  /** What was not as expected. */
  readonly problem: string | undefined;
  readonly hostDied: boolean;
  /** How often it was looked at: more than once after a failure by time. */
  readonly attempts: number;
}

/** As for every check: what takes too long counts when it does so three times, the last two with nothing else running. */
const TIMES_TO_BELIEVE = 3;

/** Puts every fault that can be on plugins of a host. */
export async function proveFaults({ command }: ProofHost, parallel: number): Promise<CellProof[]> {
  const host = new HostSubject({
    command,
    contract: await loadContract('iglu'),
    adapter: true,
    env: {},
    inheritEnv: false,
    budgets: { ...DEFAULT_HOST_BUDGETS, ...BUDGETS },
  });
  try {
    const cells = FAULT_CELLS.filter(({ expected }) => !('impossible' in expected));
    const proofs = await inParallel(cells, parallel, (cell) => proveCell(host, cell, 1));
    const believed: CellProof[] = [];
    for (const proof of proofs) {
      const cell = cells.find(({ name }) => name === proof.cell) as FaultCell;
      let last = proof;
      while (last.byTime && last.attempts < TIMES_TO_BELIEVE)
        last = await proveCell(host, cell, last.attempts + 1);
      believed.push(last);
    }
    return believed;
  } finally {
    await host.end();
  }
}

async function proveCell(
  host: HostSubject,
  cell: FaultCell,
  attempts: number,
): Promise<CellProof & { readonly byTime: boolean }> {
  const fine = { cell: cell.name, problem: undefined, hostDied: false, attempts, byTime: false };
  try {
    await host.onStage(async (stage) => {
      const outcome = await runCell(stage, cell);
      if (outcome.kind === 'wrong') throw new WrongCell(outcome, stage.host.alive);
    });
    return fine;
  } catch (error) {
    if (!(error instanceof WrongCell)) return { ...fine, problem: String(error), byTime: true };
    const { message, expected, actual, byTime } = error.outcome.deviation;
    return {
      ...fine,
      problem: `${message} (expected ${expected}; actual ${actual})`,
      hostDied: !error.alive,
      byTime,
    };
  }
}

class WrongCell extends Error {
  override readonly name = 'WrongCell';
  readonly outcome: Extract<CellOutcome, { kind: 'wrong' }>;
  readonly alive: boolean;

  constructor(outcome: Extract<CellOutcome, { kind: 'wrong' }>, alive: boolean) {
    super(outcome.deviation.message);
    this.outcome = outcome;
    this.alive = alive;
  }
}
