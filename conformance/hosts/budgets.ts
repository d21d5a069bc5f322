import type { FaultBudgets } from '../faults/index.js';

/** Every time that a host is given, ms. Those that are settings of the host are to be as it is set. */
export interface HostBudgets extends FaultBudgets {
  /** How long to watch for what should not happen. */
  readonly settleMs: number;
}

/** A host is given these, unless the command line says otherwise. */
export const DEFAULT_HOST_BUDGETS: HostBudgets = {
  // client.go, NewClient.
  startTimeoutMs: 60_000,
  timeoutMs: 10_000,
  hangMs: 10_000,
  noticeMs: 1_000,
  // client.go, Kill: 2 s of grace, and the same again for a process that has to be killed.
  stopMs: 5_000,
  settleMs: 500,
};
