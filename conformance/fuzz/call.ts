import type { Value } from '../../harness/value/index.js';

/** An argument that was taken from another method’s reply: in another process the value may be another one. */
export interface TakenValue {
  /** Field names from the arguments down. */
  readonly path: readonly string[];
  /** Which of the values that the method named at that moment, from 0; taken modulo their number. */
  readonly index: number;
}

/** One call of a method of the contract. */
export interface Call {
  /** The name that is dispensed. */
  readonly plugin: string;
  readonly method: string;
  readonly args: Value;
  /** What of the arguments came out of the plugin’s own replies, and is asked for again where the call is repeated. */
  readonly taken: readonly TakenValue[];
  /** Who calls: a caller waits for its last answer before it calls again. Without it a call waits for none. */
  readonly caller?: number;
}

/** Calls that are in flight together: sent in this order, and all answered before the next step. */
export interface Step {
  readonly calls: readonly Call[];
  /** How often the step is done; once unless given. */
  readonly times?: number;
}
