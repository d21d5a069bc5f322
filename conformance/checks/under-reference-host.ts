import { setTimeout as delay } from 'node:timers/promises';
import { HarnessError } from '../../harness/errors.js';
import { LaunchError } from '../../harness/launch/index.js';
import { RelayError } from '../../harness/relay/index.js';
import {
  Deviation,
  FAULT_CELLS,
  runCell,
  StageError,
  type CellOutcome,
  type FaultCell,
  type ReferenceStage,
} from '../faults/index.js';
import type { StateChange } from '../../mocks/host/index.js';
import type { RepeatableCall, Subject } from '../subject/index.js';
import type { CheckOutcome, PluginCheck } from './check.js';
import { failed, inconclusive, notApplicable } from './outcomes.js';

/** Calls in flight at most, in the cells of the table. */
const BURST = 32;

/** With a plugin that starts so slowly that its cells take longer than this, ms, the rest of them is left out. */
const ENOUGH_MS = 60_000;

/** How long the reference host may take to see that a process has ended, and how often it is asked, in ms. */
const NOTICED_MS = 5_000;
const LOOK_MS = 20;

/** How much of stderr stands in a report, in characters. */
const SHOWN_OUTPUT = 4_000;

/** What was played, as far as it went as expected. */
export interface Played {
  readonly stage: ReferenceStage;
  /** In milliseconds of `performance.now()`: when the first fault began. */
  readonly faultAt: number;
  readonly names: readonly string[];
}

export const NETRPC_ONLY = 'about net/rpc; this plugin speaks gRPC';
export const NOTHING_TO_CALL = 'it answers no method that may be called again';

type Facts = Omit<PluginCheck, 'target' | 'run'>;

interface Play {
  /** `fault/moment`, as docs/faults.md has them. */
  readonly cells: readonly string[];
  /** How long the answer to a ping may take, in ms. */
  pingTimeoutMs(patienceMs: number, call: RepeatableCall): number;
  /** Why these cells say nothing of this plugin. */
  unfit?(call: RepeatableCall): string | undefined;
  passed(played: Played): CheckOutcome;
}

/** A promise about what becomes of the plugin under the reference host when something befalls it. */
export function playedCheck(facts: Facts, play: Play): PluginCheck {
  const cells = play.cells.map(cellNamed);
  return {
    ...facts,
    target: 'plugin',
    async run({ subject }) {
      const call = await fitCall(subject);
      if (typeof call === 'string') return notApplicable(call);
      const because = play.unfit?.(call);
      if (because !== undefined) return notApplicable(because);
      const { startTimeoutMs, timeoutMs, quitMs } = subject.budgets;
      // Of a plugin that serves one caller at a time, the last of many waits for all others: that is allowed.
      const patienceMs = timeoutMs + 2 * BURST * call.ms;
      const pingTimeoutMs = play.pingTimeoutMs(patienceMs, call);
      try {
        return await subject.onStage(
          call,
          { startTimeoutMs, timeoutMs: patienceMs, quitMs, pingTimeoutMs },
          (stage) => playOn(stage, cells, play),
        );
      } catch (error) {
        // The moment was not reached, or there was no room for it: neither is the plugin's doing.
        if (error instanceof RelayError || error instanceof StageError) return inconclusive(error.message);
        throw error;
      }
    },
  };
}

/** The call that the reference host makes, or why it cannot be had. */
async function fitCall(subject: Subject): Promise<RepeatableCall | string> {
  if (subject.options.protocolOnly) return NOTHING_TO_CALL;
  if ((await subject.firstLaunch()).handshake?.protocol === 'grpc') return NETRPC_ONLY;
  const costly = subject.targets.find(({ method }) => method.once && method.effects === 'external');
  if (costly && !subject.options.allowEffects)
    return `${costly.name}, which every start calls, has external effects (--allow-effects)`;
  return (await subject.repeatableCall()) ?? NOTHING_TO_CALL;
}

async function playOn(stage: ReferenceStage, cells: readonly FaultCell[], play: Play): Promise<CheckOutcome> {
  const start = performance.now();
  const names: string[] = [];
  const seen: string[] = [];
  let faultAt = 0;
  for (const cell of cells) {
    if (names.length > 0 && performance.now() - start > ENOUGH_MS) break;
    let began: number | undefined;
    const outcome = await runCell(stage, {
      ...cell,
      fault: {
        ...cell.fault,
        inflict: (run) => {
          began = performance.now();
          faultAt ||= began;
          stage.host.befalls(run.pluginPid);
          return cell.fault.inflict(run);
        },
      },
    }).catch((error: unknown) => endedBy(error, stage, cell, began));
    if (outcome.kind === 'impossible') continue;
    names.push(cell.name);
    seen.push(`${cell.name}:`, ...outcome.timeline);
    if (outcome.kind === 'wrong') return judge(stage, cell, outcome, seen, began !== undefined);
  }
  return play.passed({ stage, faultAt, names });
}

/** A relay that is gone has gone with its plugin: where a fault is none for a host, the plugin has ended of it. */
async function endedBy(
  error: unknown,
  { host, witness }: ReferenceStage,
  { fault, expected }: FaultCell,
  began: number | undefined,
): Promise<CellOutcome> {
  const gone = error instanceof RelayError && error.code === 'RELAY_GONE';
  if (!gone || began === undefined || !('state' in expected) || expected.state !== 'Running') throw error;
  const isCrash = ({ id, to, at }: StateChange): boolean =>
    id !== witness.id && to === 'Crashed' && at > began;
  for (const start = performance.now(); performance.now() - start < NOTICED_MS; await delay(LOOK_MS)) {
    const crash = host.changes.find(isCrash);
    if (!crash) continue;
    const reason = crash.reason?.text ?? 'no reason';
    const timeline = [fault.title, `Crashed ${(crash.at - began).toFixed(0)} ms later: ${reason}`];
    return { kind: 'wrong', deviation: new Deviation('It ends.', 'Running', `Crashed: ${reason}`), timeline };
  }
  throw error;
}

function judge(
  stage: ReferenceStage,
  { fault, phase, expected: oracle }: FaultCell,
  { deviation }: Extract<CellOutcome, { kind: 'wrong' }>,
  seen: readonly string[],
  began: boolean,
): CheckOutcome {
  const { changes, failure } = stage.host;
  const { id } = stage.witness;
  const own = changes.filter((change) => change.id !== id);
  // With a cause it is something of this machine: no more processes, say.
  if (failure?.cause instanceof LaunchError) return inconclusive(failure.message);
  if (own.length === 0)
    return notApplicable(`the reference host cannot load it: ${failure?.message ?? deviation.actual}`);
  if (failure?.code === 'HOST_START_FAILED' && stage.host.unheard.length > 0)
    return inconclusive(
      `The process ${stage.host.unheard.join(', ')} has ended, and nobody reaps it: is there an init with pid 1? ${failure.message}`,
    );
  const crash = own.findLast(({ to }) => to === 'Crashed');
  const hung = crash?.reason?.kind === 'hang' && !('reason' in oracle && oracle.reason === 'hang');
  const restart = failure?.code === 'HOST_START_FAILED' || failure?.code === 'HOST_ONCE_FAILED';
  const stderr = failure?.stderr;
  const when = began ? `After ${fault.title}, while ${phase.title}` : 'Once it was started and ended';
  return failed({
    message: restart
      ? `${when}, it does not start again.`
      : `With ${fault.title}, while ${phase.title}: ${deviation.message}`,
    expected: restart ? 'it starts again, with the HOME that it had' : deviation.expected,
    actual: deviation.actual,
    evidence: { seen, ...(stderr ? { stderr: stderr.slice(-SHOWN_OUTPUT) } : {}) },
    byTime: deviation.byTime || hung || isLate(failure),
  });
}

/** Whether something of the plugin's only took too long. */
function isLate(failure: HarnessError | undefined): boolean {
  for (let each: unknown = failure; each instanceof HarnessError; each = each.cause)
    if (each.code.endsWith('_TIMEOUT')) return true;
  return false;
}

function cellNamed(name: string): FaultCell {
  const cell = FAULT_CELLS.find((each) => each.name === name);
  if (!cell) throw new Error(`The table of faults has no cell ${name}.`);
  return cell;
}
