import { DISPENSED } from './needs.js';
import { passed } from './outcomes.js';
import { playedCheck } from './under-reference-host.js';

/** More of a reply does not go through byte by byte in good time, in bytes. */
const MAX_DRIPPED = 64 * 1024;

const UNSTEADY = 'no method that may be called again gives the same answer each time';

const resumes = playedCheck(
  {
    id: 'hang/resumes',
    title: 'Stopped in the middle of 32 calls and continued, it goes on, and every call gets its own answer',
    level: 'should',
    needs: [...DISPENSED, 'concurrency/parallel-calls'],
    reference: 'hashicorp/go-plugin#205, hashicorp/packer#11509: a debugger, a suspended machine, a busy one',
    why: 'Laptops sleep and machines are busy; a plugin that takes a pause for a fault dies for nothing.',
    fix: 'Judge no gap in time by the clock: a timer that comes late says that the process was not run.',
  },
  {
    cells: ['pause/calls'],
    // A plugin that works off one call after the other answers a ping when it is its turn.
    pingTimeoutMs: (patienceMs) => patienceMs,
    unfit: ({ isSteady }) => (isSteady ? undefined : UNSTEADY),
    passed: () => passed(),
  },
);

const slowLink = playedCheck(
  {
    id: 'hang/slow-link',
    title: 'A call whose bytes come one at a time gets its answer',
    level: 'should',
    needs: DISPENSED,
    reference: 'yamux session.go, recvLoop: frames are read with io.ReadFull, however they come',
    why: 'A read gives what is there: under load, over a proxy or a tunnel, requests come in pieces.',
    fix: 'Read until a frame is whole; let the host decide how slow is too slow.',
  },
  {
    cells: ['drip/call'],
    pingTimeoutMs: (patienceMs) => patienceMs,
    unfit: ({ isSteady, replyBytes }) => {
      if (replyBytes > MAX_DRIPPED) return 'its replies are too large to be sent byte by byte';
      return isSteady ? undefined : UNSTEADY;
    },
    passed: () => passed(),
  },
);

export const HANG_CHECKS = [resumes, slowLink];
