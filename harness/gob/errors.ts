import { HarnessError } from '../errors.js';
import type { Decoded } from './decoded.js';

/**
 * What went wrong in gob.
 *
 * Reading: `GOB_MALFORMED` the bytes are not gob; `GOB_UNKNOWN_TYPE` a type id that was never defined; `GOB_LIMIT`
 * one of GobLimits is passed; `GOB_TRUNCATED` the stream ended inside a value.
 * Writing: `GOB_UNENCODABLE` the value does not fit its type, or the type cannot be sent.
 * Adopting: `GOB_INCOMPATIBLE` Go would refuse to decode the sent type into the expected one.
 */
export type GobErrorCode =
  | 'GOB_MALFORMED'
  | 'GOB_UNKNOWN_TYPE'
  | 'GOB_LIMIT'
  | 'GOB_TRUNCATED'
  | 'GOB_UNENCODABLE'
  | 'GOB_INCOMPATIBLE';

export interface GobErrorOptions {
  readonly cause?: unknown;
  readonly path?: string;
  readonly decoded?: readonly Decoded[];
}

/** Thrown by everything in harness/gob. */
export class GobError extends HarnessError {
  readonly code: GobErrorCode;
  /** Where in the value it was, such as `.Devices[3].Type`; `''` is the top. Only for values, not for bytes. */
  readonly path: string | undefined;
  /** What `Decoder.push` had decoded from the same chunk before it threw. */
  readonly decoded: readonly Decoded[];

  constructor(code: GobErrorCode, message: string, options: GobErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.path = options.path;
    this.decoded = options.decoded ?? [];
  }
}
