import { constants } from 'node:os';

import { endEverything, endEverythingNow } from './live.js';

/** What a person, a CI runner and a closing terminal send. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
/** By custom of the shells, a process that died of signal n shows the exit code 128 + n. */
const SIGNAL_EXIT_BASE = 128;

/** Called when everything has been ended. It may return the exit code, which is 128 + the signal's number else. */
export type SignalListener = (signal: NodeJS.Signals) => number | void | Promise<number | void>;

/**
 * Makes SIGINT, SIGTERM and SIGHUP end everything that was launched before this Node process exits. A second
 * signal does so at once, without waiting for the listener.
 *
 * @returns takes the guard away again
 */
export function installSignalGuard(onSignal?: SignalListener): () => void {
  let interrupted = false;
  const guard = (signal: NodeJS.Signals): void => {
    const exitCode = SIGNAL_EXIT_BASE + constants.signals[signal];
    if (interrupted) {
      endEverythingNow();
      process.exit(exitCode);
    }
    interrupted = true;
    process.exitCode = exitCode; // Should the listener never answer, and nothing keep Node alive.
    void endAndTell(signal, exitCode);
  };
  const endAndTell = async (signal: NodeJS.Signals, exitCode: number): Promise<void> => {
    try {
      await endEverything();
      process.exit((await onSignal?.(signal)) ?? exitCode);
    } catch (error) {
      process.stderr.write(`${String(error)}\n`);
      process.exit(exitCode);
    }
  };
  for (const signal of SIGNALS) process.on(signal, guard);
  return () => {
    for (const signal of SIGNALS) process.off(signal, guard);
  };
}
