import type { RelayHold } from '../plan.js';

/** The one place where a launch is to stop. */
export class Hold {
  readonly whenReached: Promise<void>;
  readonly #at: RelayHold | undefined;
  #reach: () => void = () => {};
  #isReleased = false;
  #goOn: (() => void)[] = [];

  constructor(at: RelayHold | undefined) {
    this.#at = at;
    this.whenReached = new Promise((resolve) => (this.#reach = resolve));
  }

  get isPlanned(): boolean {
    return this.#at !== undefined;
  }

  /** Whether it is still to stop there. */
  isAt(place: RelayHold): boolean {
    return this.#at === place && !this.#isReleased;
  }

  reached(): void {
    this.#reach();
  }

  /** Does it now, or when the hold is released. */
  whenReleased(goOn: () => void): void {
    if (this.#isReleased) goOn();
    else this.#goOn.push(goOn);
  }

  release(): void {
    this.#isReleased = true;
    for (const goOn of this.#goOn.splice(0)) goOn();
  }
}
