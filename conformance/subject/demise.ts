import type { LaunchedPlugin } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';
import type { ProcessInfo } from '../../harness/launch/index.js';
import type { Budgets } from './budgets.js';
import type { ObservedCall } from './method-observation.js';
import type { PluginSession } from './session.js';
import type { MethodTarget } from './targets.js';

/** What was seen of a plugin that was used as a host uses it, and whose process then got SIGKILL. */
export interface Demise {
  readonly plugin: LaunchedPlugin;
  /** From SIGKILL to the end of its connection, in ms; `undefined` when that was not seen in time. */
  readonly closedMs: number | undefined;
  /** What still answers all the same. */
  readonly answers: 'the connection that it had' | 'a new connection' | undefined;
  /** Processes that came of it and live on, after a moment to end. */
  readonly processesLeft: readonly ProcessInfo[];
}

/** A process closes its files when it dies: a connection that is there a second later is held by another one, ms. */
const CLOSED_MS = 1_000;

/** How often it is looked for processes that are about to end. */
const LOOKS = 10;

/** Calls every method that may be called again, kills the process that was launched, and looks at what is left. */
export async function killAndLook(
  session: PluginSession,
  calls: readonly { readonly target: MethodTarget; readonly call: ObservedCall }[],
  budgets: Budgets,
): Promise<Demise> {
  const { plugin, connection } = session;
  for (const { target, call } of calls) await session.call(target, call.args, budgets.timeoutMs);
  const killed = performance.now();
  plugin.process.signal('SIGKILL');
  await plugin.process.exit;
  const closed = await Promise.race([connection.closed.then(() => true), pause(CLOSED_MS).then(() => false)]);
  const closedMs = closed ? performance.now() - killed : undefined;
  const answers = await whatAnswers(session, closed, budgets.settleMs);
  let processesLeft = await plugin.process.descendants();
  for (let look = 0; look < LOOKS && processesLeft.length > 0; look++) {
    await pause(budgets.settleMs / LOOKS);
    processesLeft = await plugin.process.descendants();
  }
  return { plugin, closedMs, answers, processesLeft };
}

async function whatAnswers(
  { plugin, connection }: PluginSession,
  closed: boolean,
  timeoutMs: number,
): Promise<Demise['answers']> {
  if (!closed && (await answersPing(connection.ping(timeoutMs)))) return 'the connection that it had';
  const anew = plugin.connect().then((another) => another.ping(timeoutMs));
  return (await answersPing(anew)) ? 'a new connection' : undefined;
}

async function answersPing(ping: Promise<number>): Promise<boolean> {
  try {
    await ping;
    return true;
  } catch (error) {
    if (error instanceof HarnessError) return false;
    throw error;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
