import type { LeftFile, ProcessInfo } from '../../harness/launch/index.js';
import type { LaunchedPlugin } from '../../harness/client/index.js';
import type { Budgets } from './budgets.js';
import type { PluginSession } from './session.js';
import type { ObservedCall } from './method-observation.js';
import type { MethodTarget } from './targets.js';

/** What was seen of a plugin that was used as a host uses it, and then asked to end. */
export interface Farewell {
  readonly plugin: LaunchedPlugin;
  /** What it printed on its original stdout after the handshake line, before it was asked to end. */
  readonly rawStdout: string;
  /** Bytes of stdout that came over the session. */
  readonly carriedBytes: number;
  /** Whether the process ended in the time that hosts give it. */
  readonly ended: boolean;
  /** Of the original stdout, the handshake included, in bytes. */
  readonly longestLine: number;
  /** Whole lines of stderr. */
  readonly stderrLines: readonly string[];
  readonly filesLeft: readonly LeftFile[];
  /** Processes that came of it and outlived it, after a moment to end. */
  readonly processesLeft: readonly ProcessInfo[];
}

/** How often it is looked for processes that are about to end. */
const LOOKS = 10;

/** Calls every method that may be called again, then Quit, `quits` times at once, and looks at what is left. */
export async function bidFarewell(
  session: PluginSession,
  calls: readonly { readonly target: MethodTarget; readonly call: ObservedCall }[],
  budgets: Budgets,
  quits: number,
): Promise<Farewell> {
  const { plugin, connection } = session;
  const { process } = plugin;
  for (const { target, call } of calls) await session.call(target, call.args, budgets.timeoutMs);
  // What was printed during the last call may still be on its way.
  await pause(budgets.settleMs / 4);
  const rawStdout = process.stdout.text().split('\n').slice(1).join('\n').trim();
  const carriedBytes = connection.stdout.totalBytes;

  // A stock plugin is often gone before its answer is out: the process is what counts, never the reply.
  const answers = Array.from({ length: quits }, () => connection.quit().catch(() => {}));
  const ended = await Promise.race([process.exit.then(() => true), pause(budgets.quitMs).then(() => false)]);
  await Promise.race([Promise.all(answers), pause(budgets.settleMs)]);
  let processesLeft = ended ? await process.descendants() : [];
  for (let look = 1; look < LOOKS && processesLeft.length > 0; look++) {
    await pause(budgets.settleMs / LOOKS);
    processesLeft = await process.descendants();
  }
  await Promise.race([process.outputClosed, pause(budgets.settleMs / 4)]);
  return {
    plugin,
    rawStdout,
    carriedBytes,
    ended,
    longestLine: process.stdout.longestLine,
    stderrLines: process.stderr.text().split(/\r?\n/).slice(0, -1),
    filesLeft: ended ? await process.filesLeft() : [],
    processesLeft,
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
