import { HarnessError } from '../../harness/errors.js';

/**
 * - `HOST_OPTIONS`: the host was made with options that cannot be.
 * - `HOST_SHUT_DOWN`: the host is, or is being, shut down.
 * - `HOST_FOLDER`: the folder of plugins cannot be read.
 * - `HOST_UNKNOWN_PLUGIN`: no plugin has this id.
 * - `HOST_DUPLICATE_ID`: another plugin has this id; the new one was ended.
 * - `HOST_ID_CHANGED`: the plugin came back with another id, and was ended.
 * - `HOST_ALREADY_RUNNING`, `HOST_NOT_RUNNING`: the plugin's state does not allow it.
 * - `HOST_START_FAILED`: the plugin could not be started, or did not get as far as a call; `cause` says why.
 * - `HOST_ONCE_FAILED`: a method that is called once, OnLoad say, answered with an error.
 * - `HOST_BAD_MANIFEST`: GetManifest answered with something of which no id can be read.
 * - `HOST_NO_SUCH_METHOD`: the contract has no such method. `HOST_METHOD_MISSING`: this plugin has not.
 * - `HOST_BAD_ARGUMENTS`: the arguments are not of the contract's type; nothing was sent.
 * - `HOST_REPLY_TYPE`: the reply's type cannot be taken for the contract's.
 * - `HOST_CALL_TIMEOUT`: no reply in time. The plugin may be running as well as ever.
 * - `HOST_CALL_LOST`: the plugin ended while the call was on its way.
 */
export type HostErrorCode =
  | 'HOST_OPTIONS'
  | 'HOST_SHUT_DOWN'
  | 'HOST_FOLDER'
  | 'HOST_UNKNOWN_PLUGIN'
  | 'HOST_DUPLICATE_ID'
  | 'HOST_ID_CHANGED'
  | 'HOST_ALREADY_RUNNING'
  | 'HOST_NOT_RUNNING'
  | 'HOST_START_FAILED'
  | 'HOST_ONCE_FAILED'
  | 'HOST_BAD_MANIFEST'
  | 'HOST_NO_SUCH_METHOD'
  | 'HOST_METHOD_MISSING'
  | 'HOST_BAD_ARGUMENTS'
  | 'HOST_REPLY_TYPE'
  | 'HOST_CALL_TIMEOUT'
  | 'HOST_CALL_LOST';

/** What the reference host could not do. */
export class HostError extends HarnessError {
  readonly code: HostErrorCode;
  /** Of a plugin that was started and did not get as far as being loaded: what it wrote to stderr. */
  readonly stderr: string | undefined;

  constructor(
    code: HostErrorCode,
    message: string,
    options?: { cause?: unknown; stderr?: string | undefined },
  ) {
    super(message, options);
    this.code = code;
    this.stderr = options?.stderr;
  }
}

export function shutDownError(): HostError {
  return new HostError('HOST_SHUT_DOWN', 'The host is shut down: it starts no more plugins. Make a new one.');
}
