import { constants } from 'node:os';
import process from 'node:process';

/** What a person, a service manager and a closing terminal send. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** By custom of the shells, a process that died of signal n shows the exit code 128 + n. */
const SIGNAL_EXIT_BASE = 128;

/**
 * On SIGINT, SIGTERM and SIGHUP, shuts down and exits. A second signal exits at once: whatever was launched is ended
 * by harness/launch then, when this process exits.
 *
 * @returns takes all of this away again
 */
export function manageSignals(shutdown: () => Promise<void>): () => void {
  let interrupted = false;
  const onSignal = (signal: NodeJS.Signals): void => {
    const exit = (): void => process.exit(SIGNAL_EXIT_BASE + constants.signals[signal]);
    if (interrupted) exit();
    interrupted = true;
    shutdown().then(exit, exit);
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}
