import type { CheckOutcome } from '../checks/index.js';
import type { FaultCell } from '../faults/index.js';
import type { Fuzz } from '../fuzz/index.js';
import type { HostSubject } from '../hosts/index.js';
import type { MethodTarget, Subject } from '../subject/index.js';
import type { PlannedCheck } from './plan.js';

/** How a planned check is run on a subject. */
export interface Performer {
  readonly perform: (planned: PlannedCheck, attempt: number) => Promise<CheckOutcome>;
  /** Only to end what would never end, in ms: far more than what any check waits for. */
  readonly limitMs: number;
}

/** How many launches and answers one check may wait for altogether. */
const LAUNCHES_PER_CHECK = 2;
const ANSWERS_PER_CHECK = 6;

/** How many findings of fuzzing are shrunk, and how many late answers are waited for with each. */
const FINDINGS_OF_A_RUN = 8;
const ANSWERS_PER_FINDING = 12;

export function onPlugin(subject: Subject, fuzz: Fuzz): Performer {
  const { startTimeoutMs, timeoutMs, refuseMs, quitMs, settleMs, burstMs, fuzzMs, shrinkMs } =
    subject.budgets;
  const watching = refuseMs + ANSWERS_PER_CHECK * (quitMs + settleMs) + 2 * burstMs;
  return {
    limitMs:
      LAUNCHES_PER_CHECK * startTimeoutMs +
      ANSWERS_PER_CHECK * timeoutMs +
      watching +
      fuzzMs +
      FINDINGS_OF_A_RUN * (2 * shrinkMs + ANSWERS_PER_FINDING * timeoutMs),
    perform: async ({ check, target }, attempt) => {
      if (check.target === 'plugin') return check.run({ subject, fuzz, attempt });
      if (check.target === 'method') return check.run({ subject, fuzz, attempt }, target as MethodTarget);
      throw new Error(`${check.id} is a check on hosts.`);
    },
  };
}

export function onHost(host: HostSubject): Performer {
  const { startTimeoutMs, timeoutMs, hangMs, stopMs } = host.budgets;
  return {
    limitMs: LAUNCHES_PER_CHECK * (startTimeoutMs + hangMs) + ANSWERS_PER_CHECK * (timeoutMs + stopMs),
    perform: async ({ check, target }, attempt) => {
      if (check.target === 'host') return check.run({ host, attempt });
      if (check.target === 'fault') return check.run({ host, attempt }, target as FaultCell);
      throw new Error(`${check.id} is a check on plugins.`);
    },
  };
}
