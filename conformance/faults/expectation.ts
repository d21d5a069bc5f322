import type { Effect, Fault, FaultName } from './faults.js';
import { isBeforeRunning, type Phase, type PhaseName } from './phases.js';

/** What a correct host has recorded after a fault. */
export interface Expectation {
  /** What `load` comes to; after `either`, the rest holds when it worked. */
  readonly load: 'works' | 'fails' | 'either';
  /** What the plugin is in the end; undefined where it did not load, and where both are right. */
  readonly state?: 'Running' | 'Crashed' | 'Stopped';
  /** Why it is Crashed. */
  readonly reason?: 'exit' | 'connection' | 'hang';
  /** What becomes of the calls that wait. */
  readonly calls?: 'fail' | 'are answered';
}

/** Why there is nothing to expect: this cannot happen at that moment. */
export interface Impossible {
  readonly impossible: string;
}

const NO_CONNECTION = 'there is no connection yet';
const NEEDS_A_CALL = 'it happens in the middle of a call, and none waits for its reply';

/** Faults that need what is not there yet. */
const IMPOSSIBLE: Readonly<Partial<Record<FaultName, Partial<Record<PhaseName, string>>>>> = {
  'unlink-socket': { 'before-handshake': 'there is no socket that the host knows of' },
};

const OF_THE_LINK: readonly FaultName[] = ['close', 'half-close', 'reset', 'corrupt', 'drip'];
const OF_A_CALL: readonly FaultName[] = ['panic', 'endless-reply'];

/** The oracle: what is to be expected of any host, when this happens to a plugin at that moment. */
export function expectation(fault: Fault, phase: Phase): Expectation | Impossible {
  const [what, when] = [fault.name as FaultName, phase.name as PhaseName];
  const because = impossible(what, when, phase);
  if (because !== undefined) return { impossible: because };
  if (isBeforeRunning(when)) return beforeRunning(fault.effect, what, when);
  if (when === 'quitting') return { load: 'works', state: 'Stopped' };
  const calls = phase.calls === undefined ? {} : { calls: fateOfCalls(fault.effect) };
  if (fault.effect === 'endless') return { load: 'works', ...calls };
  if (fault.effect === 'none') return { load: 'works', state: 'Running', ...calls };
  return { load: 'works', state: 'Crashed', reason: fault.effect, ...calls };
}

function impossible(what: FaultName, when: PhaseName, { calls }: Phase): string | undefined {
  if (OF_A_CALL.includes(what) && calls === undefined) return NEEDS_A_CALL;
  if (OF_THE_LINK.includes(what) && (when === 'before-handshake' || when === 'before-connection'))
    return NO_CONNECTION;
  return IMPOSSIBLE[what]?.[when];
}

function beforeRunning(effect: Effect, what: FaultName, when: PhaseName): Expectation {
  // Whoever connected before the file was gone keeps the connection.
  if (what === 'unlink-socket' && when === 'before-connection') return { load: 'either', state: 'Running' };
  return effect === 'none' ? { load: 'works', state: 'Running' } : { load: 'fails' };
}

function fateOfCalls(effect: Effect): 'fail' | 'are answered' {
  return effect === 'none' ? 'are answered' : 'fail';
}
