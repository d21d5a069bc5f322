import { HarnessError } from '../../harness/errors.js';

/**
 * - `HOST_RUN_COMMAND`: the host cannot be executed.
 * - `HOST_RUN_PLACE`: it is not said where the host finds the plugin, or the place lies outside the host's cwd.
 * - `HOST_RUN_EXISTS`: there is something already where the plugin belongs; it was left as it is.
 */
export type HostRunErrorCode = 'HOST_RUN_COMMAND' | 'HOST_RUN_PLACE' | 'HOST_RUN_EXISTS';

/** Why a host could not be observed. */
export class HostRunError extends HarnessError {
  override readonly code: HostRunErrorCode;

  constructor(code: HostRunErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
