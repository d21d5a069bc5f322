import { STRING, struct, type GobType } from '../../harness/gob/index.js';
import type { Value } from '../../harness/value/index.js';
import type { CallOutcome, PluginSession } from './session.js';
import type { MethodTarget } from './targets.js';

/** What a method did when it was probed and then called as a host calls it. */
export interface MethodObservation {
  readonly registered: boolean;
  /** What the probe with arguments of a wrong type gave. */
  readonly probe: CallOutcome;
  /** The smallest valid arguments; `undefined` when the method is not registered. */
  readonly first: ObservedCall | undefined;
  /** Valid arguments that name nothing the plugin knows, to bring about an error; where there are such. */
  readonly unlikely: ObservedCall | undefined;
  /** Arguments that the plugin itself named, in another method's reply; where the contract says which. */
  readonly known: ObservedCall | undefined;
  /** Where it was seen. */
  readonly session: PluginSession;
}

export type ObservedCall = CallOutcome & { readonly args: Value };

/** The calls of an observation that were made, in their order. */
export function callsOf({ first, unlikely, known }: MethodObservation): ObservedCall[] {
  return [first, unlikely, known].filter((call) => call !== undefined);
}

/** A method that no plugin has. */
export const NO_SUCH_METHOD = 'IgluConformanceNoSuchMethod';

/** The text of every string that a probe sends. */
const PROBE_TEXT = 'iglu-conformance';

/**
 * Arguments that a method cannot take: a struct where a plain value is declared, else a string. Never nil: a nil
 * argument to a method that is not there hangs a stock plugin.
 */
export function wrongArguments(declared: GobType): { type: GobType; value: Value } {
  const plain = ['bool', 'int', 'uint', 'float', 'bytes', 'string', 'complex'].includes(declared.kind);
  return plain
    ? { type: struct('IgluConformance', { Probe: STRING }), value: { Probe: PROBE_TEXT } }
    : { type: STRING, value: PROBE_TEXT };
}

/** Where a method is observed. */
export interface Observatory {
  readonly session: PluginSession;
  /** Another session, for when the probe has cost the first one. */
  reopen(): Promise<PluginSession>;
  readonly timeoutMs: number;
  /** Whether the method may be called a second time. */
  readonly mayRepeat: boolean;
  /** Arguments with values that the plugin names itself, where there are such. */
  readonly known: readonly Value[];
}

export async function observeMethod(target: MethodTarget, place: Observatory): Promise<MethodObservation> {
  const { method, plugin } = target;
  const { timeoutMs } = place;
  const wrong = wrongArguments(method.args);
  const probe = await place.session.callRaw(plugin, method.name, wrong.type, wrong.value, timeoutMs);
  if (await isMissing(place, plugin, method.name, probe)) {
    return {
      registered: false,
      probe,
      first: undefined,
      unlikely: undefined,
      known: undefined,
      session: place.session,
    };
  }
  const session = probe.kind === 'lost' || probe.kind === 'timeout' ? await place.reopen() : place.session;
  const call = async (args: Value): Promise<ObservedCall> => ({
    ...(await session.call(target, args, timeoutMs)),
    args,
  });
  const first = await call(method.sampleArgs());
  const again = (): boolean => place.mayRepeat && method.hasArgs && session.alive;
  const unlikely = again() ? await call(method.sampleArgs('unlikely')) : undefined;
  const [args] = place.known;
  const known = args !== undefined && again() ? await call(args) : undefined;
  return { registered: true, probe, first, unlikely, known, session };
}

/** Go's own words are known; those of other implementations are compared with what a method gets that cannot be there. */
async function isMissing(
  { session, timeoutMs }: Observatory,
  plugin: string,
  name: string,
  probe: CallOutcome,
): Promise<boolean> {
  if (probe.kind !== 'error' || probe.text.startsWith('gob: ')) return false;
  if (/^rpc: can't find (?:method|service) /.test(probe.text)) return true;
  const { type, value } = wrongArguments(STRING);
  const missing = await session.callRaw(plugin, NO_SUCH_METHOD, type, value, timeoutMs);
  return missing.kind === 'error' && missing.text.replaceAll(NO_SUCH_METHOD, name) === probe.text;
}
