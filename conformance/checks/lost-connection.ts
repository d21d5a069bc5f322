import { setTimeout as delay } from 'node:timers/promises';
import type { Duplex } from 'node:stream';
import { connectSocket } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';
import { Timeline } from '../faults/index.js';
import type { PluginSession, RepeatableCall, Subject } from '../subject/index.js';
import type { CheckOutcome, PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, exitText, failed, isTimeout, notApplicable, passed } from './outcomes.js';
import { NETRPC_ONLY } from './under-reference-host.js';

/** Calls in flight when the connection is lost. */
const BURST = 32;

/** As long as a yamux header (yamux const.go, `headerSize`), and of a version that there is not. */
const NO_HEADER = Buffer.alloc(12, 0xff);

/** A host's connection to the plugin, and the socket that it goes over. */
interface Line {
  readonly session: PluginSession;
  readonly socket: Duplex;
}

/** How a host's connection ends that does not end in good order. */
const CUTS: readonly { readonly name: string; readonly cut: (line: Line) => void }[] = [
  { name: 'the connection breaks', cut: ({ socket }) => void socket.destroy() },
  { name: 'the host closes its sending half', cut: ({ socket }) => void socket.end() },
  { name: 'bytes come that are no yamux frame', cut: ({ socket }) => void socket.write(NO_HEADER) },
];

export const survivesLostConnection: PluginCheck = {
  id: 'crash/survives-lost-connection',
  target: 'plugin',
  title: `With ${BURST} calls in flight its host’s connection is lost; it lives on, and serves the next one`,
  level: 'should',
  needs: [...DISPENSED, 'session/second-connection', 'concurrency/parallel-calls'],
  reference:
    'go-plugin rpc_server.go, ServeConn: a connection that ends is no concern of the others; client.go, reattach',
  why: 'A host that dies in the middle of its work comes back and reattaches; a plugin that died of it has lost its state.',
  fix: 'Take an error on a connection for the end of that connection: drop the replies that nobody waits for.',
  async run({ subject }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
    const call = await subject.repeatableCall();
    const first = await subject.freshSession();
    const { plugin } = first;
    const timeline = new Timeline();
    let line: Line | undefined;
    let lost = 'the first connection closes';
    try {
      first.connection.destroy();
      for (const { name, cut } of CUTS) {
        line = await open(subject, first);
        await fillLine(subject, line, call);
        cut(line);
        lost = name;
        timeline.mark(name);
        // Whoever dies of it does so at once; and it must have noticed before the next connection is made.
        await Promise.race([plugin.process.exit, delay(subject.budgets.settleMs / 8)]);
        line.socket.destroy();
        if (plugin.process.exited) break;
      }
      if (!plugin.process.exited) {
        line = await open(subject, first);
        await ask(subject, line, call);
        timeline.mark('a new connection serves');
        return passed();
      }
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      if (!plugin.process.exited) return unserved(error, lost, first, timeline);
    } finally {
      line?.socket.destroy();
      await subject.release(plugin);
    }
    timeline.mark(`the process ends: ${exitText(plugin)}`);
    return failed({
      message: `The plugin dies when ${lost}.`,
      expected: 'the process lives, and serves a new connection',
      actual: exitText(plugin),
      evidence: evidenceOf(plugin, { seen: timeline.lines }),
    });
  },
};

function unserved(
  error: HarnessError,
  lost: string,
  { plugin }: PluginSession,
  timeline: Timeline,
): CheckOutcome {
  return failed({
    message: `After this the plugin serves no new connection: ${lost}.`,
    expected: 'the process lives, and serves a new connection',
    actual: error.message,
    evidence: evidenceOf(plugin, { seen: timeline.lines }),
    byTime: isTimeout(error),
  });
}

/** A connection, as a host makes it. @throws HarnessError */
async function open({ budgets }: Subject, first: PluginSession): Promise<Line> {
  const { address } = await first.plugin.handshake;
  const socket = await connectSocket(address, { timeoutMs: budgets.timeoutMs });
  socket.on('error', () => {});
  const session = await first.over(socket, budgets.timeoutMs);
  await session.connection.ping();
  return { session, socket };
}

/** Leaves as many calls in flight as there may be: one has come back, so that the plugin is at work on the others. */
async function fillLine(
  subject: Subject,
  { session }: Line,
  call: RepeatableCall | undefined,
): Promise<void> {
  if (!call) {
    // What may be called once was called; a ping may always be sent.
    session.connection.ping().catch(() => {});
    return;
  }
  const timeoutMs = subject.budgets.timeoutMs + 2 * BURST * call.ms;
  await Promise.race(Array.from({ length: BURST }, () => session.call(call.target, call.args, timeoutMs)));
}

/** One call that is answered. @throws HarnessError */
async function ask({ budgets }: Subject, { session }: Line, call: RepeatableCall | undefined): Promise<void> {
  if (!call) return;
  await session.client(call.target.plugin).call(call.target.method.name, call.args, budgets.timeoutMs);
}
