import { setTimeout as delay } from 'node:timers/promises';
import { installSignalGuard } from '../../harness/launch/index.js';
import { EXIT } from './exit-codes.js';

/** Those that the guard of harness/launch hears. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** setTimeout's longest delay, in ms. */
const VERY_LONG = 2 ** 31 - 1;

export interface Interruption {
  /** Called at once. */
  begins(): void;
  /** Called when every plugin was ended, just before this process is. */
  ends(signal: NodeJS.Signals): Promise<void>;
}

/** Work that a signal breaks off: then every plugin is ended, and this process too, with exit code 130. */
export async function interruptible<T>(work: () => Promise<T>, interruption: Interruption): Promise<T> {
  let interrupted = false;
  const begin = (): void => {
    interrupted = true;
    interruption.begins();
  };
  for (const signal of SIGNALS) process.once(signal, begin);
  const removeGuard = installSignalGuard(async (signal) => {
    await interruption.ends(signal);
    return EXIT.interrupted;
  });
  try {
    return await work();
  } finally {
    // What comes out then tells of plugins that were killed by us. The guard has the last word.
    if (interrupted) await delay(VERY_LONG);
    for (const signal of SIGNALS) process.off(signal, begin);
    removeGuard();
  }
}
