import { installSignalGuard } from '../../harness/launch/index.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * On SIGINT, SIGTERM and SIGHUP, ends all that was launched, and then this process.
 *
 * @param onSignal - called first, and not waited for
 * @returns takes all of this away again
 */
export function manageSignals(onSignal: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, onSignal);
  const removeGuard = installSignalGuard();
  return () => {
    removeGuard();
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
