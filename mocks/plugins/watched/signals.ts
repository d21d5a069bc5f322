import type { Recorder } from './recorder.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Records the signals by which hosts and terminals end a process; what becomes of them stays as it was. */
export function recordSignals(recorder: Recorder): void {
  for (const name of SIGNALS) {
    process.on(name, () => {
      recorder.tell('signal', { name });
      // Besides us, PluginServer listens, to some of them, once it serves.
      if (process.listenerCount(name) === 1) dieOf(name, recorder);
    });
  }
}

/** Node does not do what the kernel would while anybody listens. */
function dieOf(name: NodeJS.Signals, recorder: Recorder): void {
  recorder.tell('exit', { code: null, signal: name });
  process.removeAllListeners(name);
  process.kill(process.pid, name);
}
