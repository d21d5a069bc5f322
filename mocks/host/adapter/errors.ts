import { HarnessError } from '../../../harness/errors.js';
import { RpcServerError } from '../../../harness/netrpc/index.js';
import { ValueError } from '../../../harness/value/index.js';
import { HostError, type HostErrorCode } from '../errors.js';
import {
  HOST_ERROR,
  INVALID_PARAMS,
  INVALID_REQUEST,
  METHOD_NOT_FOUND,
  PARSE_ERROR,
  type AdapterErrorKind,
  type AdapterErrorObject,
  type RequestId,
} from './protocol.js';

/** What is wrong with a line that came from the driver. */
export type AdapterErrorCode = 'ADAPTER_PARSE' | 'ADAPTER_REQUEST' | 'ADAPTER_METHOD' | 'ADAPTER_PARAMS';

const RPC_CODES: Readonly<Record<AdapterErrorCode, number>> = {
  ADAPTER_PARSE: PARSE_ERROR,
  ADAPTER_REQUEST: INVALID_REQUEST,
  ADAPTER_METHOD: METHOD_NOT_FOUND,
  ADAPTER_PARAMS: INVALID_PARAMS,
};

/** A line from the driver that is no request. */
export class AdapterError extends HarnessError {
  readonly code: AdapterErrorCode;
  /** Of the request; `null` when none could be read, `undefined` when it has none and wants no answer. */
  readonly id: RequestId | null | undefined;

  constructor(code: AdapterErrorCode, message: string, id: RequestId | null | undefined) {
    super(message);
    this.code = code;
    this.id = id;
  }
}

const KINDS: Readonly<Record<HostErrorCode, AdapterErrorKind>> = {
  HOST_OPTIONS: 'bad-request',
  HOST_SHUT_DOWN: 'other',
  HOST_FOLDER: 'bad-request',
  HOST_UNKNOWN_PLUGIN: 'unknown-plugin',
  HOST_DUPLICATE_ID: 'start-failed',
  HOST_ID_CHANGED: 'start-failed',
  HOST_ALREADY_RUNNING: 'already-running',
  HOST_NOT_RUNNING: 'not-running',
  HOST_START_FAILED: 'start-failed',
  HOST_ONCE_FAILED: 'start-failed',
  HOST_BAD_MANIFEST: 'start-failed',
  HOST_NO_SUCH_METHOD: 'bad-request',
  HOST_METHOD_MISSING: 'plugin-error',
  HOST_BAD_ARGUMENTS: 'bad-request',
  HOST_REPLY_TYPE: 'plugin-error',
  HOST_CALL_TIMEOUT: 'timeout',
  HOST_CALL_LOST: 'lost',
};

/** Why the host did not do what was asked for. */
export function errorKind(error: unknown): AdapterErrorKind {
  if (error instanceof HostError) return KINDS[error.code];
  if (error instanceof RpcServerError) return 'plugin-error';
  return error instanceof ValueError ? 'bad-request' : 'other';
}

/** An error as the driver is told of it. */
export function errorObject(error: unknown): AdapterErrorObject {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof AdapterError) return { code: RPC_CODES[error.code], message };
  return { code: HOST_ERROR, message, data: { kind: errorKind(error) } };
}
