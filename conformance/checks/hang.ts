import { DISPENSED } from './needs.js';
import { passed } from './outcomes.js';
import { slowLink } from './slow-link.js';
import { playedCheck } from './under-reference-host.js';

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
    unfit: ({ isSteady }) =>
      isSteady ? undefined : 'no method that may be called again gives the same answer each time',
    passed: () => passed(),
  },
);

export const HANG_CHECKS = [resumes, slowLink];
