import type { Call, Step } from './call.js';
import { smallerValues } from './smaller.js';

/** A call and where it stands. */
interface Place {
  readonly step: number;
  readonly call: number;
}

/**
 * Takes calls away, many at a time and then fewer, as long as it still fails without them (Zeller and Hildebrandt,
 * “Simplifying and isolating failure-inducing input”: ddmin, complements only). What fast-check shrinks as a whole is
 * often not the least in each of its parts.
 */
export async function withoutNeedless(
  steps: readonly Step[],
  stillFails: (fewer: readonly Step[]) => Promise<boolean>,
  goesOn: () => boolean,
): Promise<readonly Step[]> {
  let places = steps.flatMap(({ calls }, step) => calls.map((_, call) => ({ step, call })));
  for (let size = Math.floor(places.length / 2); size >= 1;) {
    const fewer = await withoutOneOf(chunks(places, size), places, steps, stillFails, goesOn);
    if (fewer) places = [...fewer];
    // After a success the same size may succeed again; single calls until none can be spared.
    if (!fewer || size > places.length) size = Math.floor(Math.min(size, places.length) / 2);
    if (!goesOn()) break;
  }
  return only(places, steps);
}

async function withoutOneOf(
  parts: readonly (readonly Place[])[],
  places: readonly Place[],
  steps: readonly Step[],
  stillFails: (fewer: readonly Step[]) => Promise<boolean>,
  goesOn: () => boolean,
): Promise<readonly Place[] | undefined> {
  for (const part of parts) {
    const rest = places.filter((place) => !part.includes(place));
    if (rest.length === 0) continue;
    if (!goesOn()) return undefined;
    if (await stillFails(only(rest, steps))) return rest;
  }
  return undefined;
}

/** The first ones first: what fails is likely at the end. */
function chunks(places: readonly Place[], size: number): Place[][] {
  const count = Math.ceil(places.length / size);
  return Array.from({ length: count }, (_, n) => places.slice(n * size, (n + 1) * size));
}

function only(places: readonly Place[], steps: readonly Step[]): Step[] {
  return steps.flatMap((step, index) => {
    const calls = places
      .filter((place) => place.step === index)
      .flatMap(({ call }) => step.calls[call] ?? []);
    return calls.length === 0 ? [] : [{ ...step, calls }];
  });
}

/** Makes the calls one after the other, if it fails like that too. */
export async function oneAfterTheOther(
  steps: readonly Step[],
  stillFails: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> {
  if (steps.every(({ calls }) => calls.length === 1)) return steps;
  const single = steps.flatMap(({ calls, ...rest }) => calls.map((call) => ({ ...rest, calls: [call] })));
  return (await stillFails(single)) ? single : steps;
}

/** Makes the arguments of each call as simple as can be, as long as it still fails with them and they are valid. */
export async function withSimplerArguments(
  steps: readonly Step[],
  isValid: (call: Call) => boolean,
  stillFails: (simpler: readonly Step[]) => Promise<boolean>,
  goesOn: () => boolean,
): Promise<readonly Step[]> {
  let simplest = steps;
  for (let step = steps.length - 1; step >= 0; step--) {
    for (let call = (steps[step] as Step).calls.length - 1; call >= 0; call--) {
      for (let simpler: readonly Step[] | undefined = simplest; simpler && goesOn();) {
        simplest = simpler;
        simpler = await oneSimpler(simplest, { step, call }, isValid, stillFails, goesOn);
      }
    }
  }
  return simplest;
}

async function oneSimpler(
  steps: readonly Step[],
  at: Place,
  isValid: (call: Call) => boolean,
  stillFails: (simpler: readonly Step[]) => Promise<boolean>,
  goesOn: () => boolean,
): Promise<readonly Step[] | undefined> {
  const step = steps[at.step] as Step;
  const call = step.calls[at.call] as Call;
  for (const args of smallerValues(call.args)) {
    if (!goesOn()) return undefined;
    // A value that was taken from a reply stays one: only what was generated is changed.
    const simpler = { ...call, args };
    if (!isValid(simpler)) continue;
    const candidate = steps.with(at.step, { ...step, calls: step.calls.with(at.call, simpler) });
    if (await stillFails(candidate)) return candidate;
  }
  return undefined;
}
