/** How much malformed conversation a plugin is put to, and how long is spent on what it does not withstand. */
export interface WireOptions {
  /** How often each class of mutation comes alone, and as many cases of several together. */
  readonly rounds: number;
  /** Each class comes alone some times in any case; no more cases are begun after this, in ms. */
  readonly boxMs: number;
  /** Cases between one new connection and the next. */
  readonly batch: number;
  /** Looking for the case that did it, and for a smaller one, in ms. */
  readonly shrinkMs: number;
  /** How often the smallest case is run again, each time on a fresh process. */
  readonly confirmations: number;
  /** Most launches with a mutated environment; no more than each kind once is begun after this, in ms. */
  readonly launches: number;
  readonly launchesMs: number;
}

export const DEFAULT_WIRE_OPTIONS: WireOptions = {
  rounds: 6,
  boxMs: 400,
  batch: 12,
  shrinkMs: 10_000,
  confirmations: 5,
  launches: 24,
  launchesMs: 500,
};
