import type { Duplex } from 'node:stream';
import { connectSocket } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';
import { linkTo } from '../subject/index.js';
import type { PluginCheck } from './check.js';
import { DISPENSED } from './needs.js';
import { evidenceOf, exitText, failed, isTimeout, notApplicable, passed } from './outcomes.js';
import { NETRPC_ONLY, NOTHING_TO_CALL } from './under-reference-host.js';

/** From one byte to the next, in ms: time enough for the plugin to read it before the next one is there. */
const BYTE_MS = 1;

export const slowLink: PluginCheck = {
  id: 'hang/slow-link',
  target: 'plugin',
  title: 'A call whose bytes come one at a time gets its answer',
  level: 'should',
  needs: [...DISPENSED, 'session/second-connection'],
  reference: 'yamux session.go, recvLoop: frames are read with io.ReadFull, however they come',
  why: 'A read gives what is there: under load, over a proxy or a tunnel, requests come in pieces.',
  fix: 'Read until a frame is whole; let the host decide how slow is too slow.',
  async run({ subject }) {
    if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return notApplicable(NETRPC_ONLY);
    const call = await subject.repeatableCall();
    if (!call) return notApplicable(NOTHING_TO_CALL);
    const { target, args } = call;
    const { timeoutMs } = subject.budgets;
    const first = await subject.freshSession();
    const { plugin } = first;
    let doing = 'makes a connection';
    try {
      const socket = await connectSocket((await plugin.handshake).address, { timeoutMs });
      doing = `asks for ${target.plugin}`;
      const session = await first.over(slowly(socket), timeoutMs);
      doing = `calls ${target.method.name}`;
      await session.client(target.plugin).call(target.method.name, args, timeoutMs);
      return passed();
    } catch (error) {
      if (!(error instanceof HarnessError)) throw error;
      return failed({
        message: `The plugin cannot be talked to when bytes come one at a time: a host ${doing}, and gets no answer.`,
        expected: 'the answer that it gives when they come at once',
        actual: plugin.process.exited ? exitText(plugin) : error.message,
        evidence: evidenceOf(plugin),
        byTime: isTimeout(error),
      });
    } finally {
      await subject.release(plugin);
    }
  },
};

/** The same socket, to which each byte is a write of its own. It ends with the socket, and the socket with it. */
function slowly(socket: Duplex): Duplex {
  return linkTo(socket, (chunk, done) => drip(socket, chunk, done));
}

function drip(socket: Duplex, bytes: Buffer, done: () => void): void {
  if (bytes.length === 0 || socket.destroyed) return done();
  socket.write(bytes.subarray(0, 1));
  setTimeout(() => drip(socket, bytes.subarray(1), done), BYTE_MS);
}
