import { HarnessError } from '../errors.js';

/**
 * Why a program could not be started.
 *
 * - `LAUNCH_NOT_FOUND`: there is no such file, or no such name on PATH.
 * - `LAUNCH_NOT_EXECUTABLE`: the file is there, but may not be executed (its mode, a directory, a device).
 * - `LAUNCH_FORMAT`: execve would refuse the file's contents (ENOEXEC, a missing interpreter, another machine).
 * - `LAUNCH_FAILED`: anything else, with the operating system's own error as the cause.
 */
export type LaunchErrorCode =
  'LAUNCH_NOT_FOUND' | 'LAUNCH_NOT_EXECUTABLE' | 'LAUNCH_FORMAT' | 'LAUNCH_FAILED';

export class LaunchError extends HarnessError {
  override readonly code: LaunchErrorCode;

  constructor(code: LaunchErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
