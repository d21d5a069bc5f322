import { HarnessError } from '../../harness/errors.js';

/**
 * - `ADAPTER_REFUSED`: the host answered with an error.
 * - `ADAPTER_GONE`: the host has ended, or closed its stdout.
 * - `ADAPTER_TIMEOUT`: no answer in time.
 * - `ADAPTER_PROTOCOL`: what the host wrote is not the adapter's protocol.
 */
export type AdapterErrorCode = 'ADAPTER_REFUSED' | 'ADAPTER_GONE' | 'ADAPTER_TIMEOUT' | 'ADAPTER_PROTOCOL';

/** A host behind an adapter did not do what it was asked. */
export class AdapterError extends HarnessError {
  readonly code: AdapterErrorCode;
  /** JSON-RPC's number, of an ADAPTER_REFUSED. */
  readonly rpcCode: number | undefined;

  constructor(code: AdapterErrorCode, message: string, rpcCode?: number) {
    super(message);
    this.code = code;
    this.rpcCode = rpcCode;
  }
}
