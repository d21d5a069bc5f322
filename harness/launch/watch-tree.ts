import { capabilities } from './process-table.js';
import type { ProcessTree } from './process-tree.js';

const INTERVAL_MS = 40;
/** Looking may take up a twentieth of our time: when it takes longer, it is done less often. */
const REST_FACTOR = 20;
/** As many as a session needs to be closed, session-ledger.ts. */
const EMPTY_SCANS_TO_STOP = 2;

/**
 * Keeps what is known of a tree up to date, until nothing of it is left. It does not keep Node alive.
 *
 * @returns ends the watch
 */
export function watchTree(tree: ProcessTree): () => void {
  // ps(1) shows nothing in a glance, and costs more than all of the rest.
  if (!capabilities().procfs) return () => {};
  let timer: NodeJS.Timeout;
  let emptyScans = 0;
  const look = (): void => {
    const before = performance.now();
    // Once the launched process is gone, its group and session must be seen to become empty: their numbers are
    // used again afterwards.
    if (tree.rootIsAlive) tree.glance();
    else emptyScans = tree.scan().length === 0 ? emptyScans + 1 : 0;
    const cost = performance.now() - before;
    if (emptyScans < EMPTY_SCANS_TO_STOP) schedule(Math.max(INTERVAL_MS, REST_FACTOR * cost));
  };
  const schedule = (ms: number): void => {
    timer = setTimeout(look, ms).unref();
  };
  schedule(INTERVAL_MS);
  return () => {
    clearTimeout(timer);
    emptyScans = EMPTY_SCANS_TO_STOP;
  };
}
