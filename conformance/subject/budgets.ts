/** Every time and count a run is bounded by. All are generous: none of them is a benchmark. */
export interface Budgets {
  /** Launch to handshake, ms: go-plugin's own default (client.go, `NewClient`). */
  readonly startTimeoutMs: number;
  /** One call, one connection, one answer, ms. */
  readonly timeoutMs: number;
  /** A start slower than this is worth a warning, ms: hosts differ, Mattermost's gives up after 3 s. */
  readonly slowStartMs: number;
  /** Refusing to run: from launch to exit, ms. */
  readonly refuseMs: number;
  /** Quit to exit, ms: then go-plugin's host sends SIGKILL (client.go, `Kill`). */
  readonly quitMs: number;
  /** How long to watch for what should not happen, or may come late, ms. */
  readonly settleMs: number;
  /** Bursts of parallel calls go on for this long, ms … */
  readonly burstMs: number;
  /** … or until there were this many of them. */
  readonly bursts: number;
  /** Fuzzing calls each method about so often … */
  readonly runs: number;
  /** … unless it has gone on for this long, ms: what it finds is shrunk after that too. */
  readonly fuzzMs: number;
  /** Shrinking one finding, ms. */
  readonly shrinkMs: number;
}

/** A plugin is given these, unless the command line says otherwise. */
export const DEFAULT_BUDGETS: Budgets = {
  startTimeoutMs: 60_000,
  timeoutMs: 10_000,
  slowStartMs: 3_000,
  refuseMs: 10_000,
  quitMs: 2_000,
  settleMs: 1_000,
  burstMs: 1_000,
  bursts: 1_000,
  runs: 1_000,
  fuzzMs: 20_000,
  shrinkMs: 10_000,
};
