import { HarnessError } from '../../../harness/errors.js';

/**
 * - `WATCHED_BEHAVIOUR`: there is no such behaviour.
 * - `WATCHED_CONTRACT`: the contract cannot be served from here: a relative path, or nothing in it is net/rpc.
 * - `WATCHED_EXISTS`: there is a file already where the plugin was to be written.
 * - `WATCHED_INTERPRETER`: the path of this Node cannot stand in a script's first line.
 * - `WATCHED_NOT_BUILT`: the program that the plugin runs is not there as JavaScript.
 */
export type WatchedErrorCode =
  'WATCHED_BEHAVIOUR' | 'WATCHED_CONTRACT' | 'WATCHED_EXISTS' | 'WATCHED_INTERPRETER' | 'WATCHED_NOT_BUILT';

/** Why no watched plugin could be made. */
export class WatchedError extends HarnessError {
  override readonly code: WatchedErrorCode;

  constructor(code: WatchedErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
