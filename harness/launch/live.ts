/** Something that was launched, or is about to be, and has to be ended before this Node process is. */
export interface Endable {
  end(): Promise<unknown>;
  /** The same without an event loop. */
  endNow(): void;
}

const live = new Set<Endable>();
/** Counts the calls of {@link endEverything}, so that a launch which was under way at one can be called off. */
let endings = 0;
let watchesExit = false;

export function addLive(endable: Endable): void {
  live.add(endable);
  if (watchesExit) return;
  watchesExit = true;
  process.on('exit', endEverythingNow);
}

export function removeLive(endable: Endable): void {
  live.delete(endable);
}

export function endingsSoFar(): number {
  return endings;
}

/**
 * Ends every process that this Node process has launched, with all that came of them, and removes their folders.
 * A launch that is under way fails with LAUNCH_FAILED.
 */
export async function endEverything(): Promise<void> {
  endings += 1;
  await Promise.all([...live].map((endable) => endable.end()));
}

/**
 * {@link endEverything} without an event loop, for an 'exit' handler; it is called at exit anyway, once anything
 * was launched. Takes as long as it takes, about 20 ms for each process as a rule.
 */
export function endEverythingNow(): void {
  endings += 1;
  for (const endable of live) endable.endNow();
  live.clear();
}
