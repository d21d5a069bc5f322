import { constants } from 'node:os';

/** By custom of the shells, a process that died of signal n shows the exit code 128 + n. */
const SIGNAL_EXIT_BASE = 128;
/** How long a signal that we sent ourselves may take, in ms. */
const SIGNALLED_MS = 500;

/** Ends this process by a signal, whatever Node has it do. */
export function dieOf(signal: NodeJS.Signals): void {
  if (signal !== 'SIGKILL') {
    // Node ignores SIGPIPE, and debugs at SIGUSR1; when a listener is taken away, the default action is back.
    process.on(signal, () => {});
    process.removeAllListeners(signal);
  }
  process.kill(process.pid, signal);
  setTimeout(() => process.exit(SIGNAL_EXIT_BASE + constants.signals[signal]), SIGNALLED_MS);
}

/** Ends a process group; for one that has ended it does nothing. */
export function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody is left in it.
  }
}
