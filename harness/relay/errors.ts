import { HarnessError } from '../errors.js';

/**
 * - `RELAY_CREATE`: the executable or its control socket cannot be made.
 * - `RELAY_LAUNCH`: a host launched the relay, and the real plugin could not be started.
 * - `RELAY_TIMEOUT`: what was waited for did not come in time.
 * - `RELAY_GONE`: the run has ended.
 * - `RELAY_FAULT`: the fault cannot be had in this state: there is no connection, say.
 * - `RELAY_CLOSED`: the relay was closed.
 */
export type RelayErrorCode =
  'RELAY_CREATE' | 'RELAY_LAUNCH' | 'RELAY_TIMEOUT' | 'RELAY_GONE' | 'RELAY_FAULT' | 'RELAY_CLOSED';

export class RelayError extends HarnessError {
  override readonly code: RelayErrorCode;

  constructor(code: RelayErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
