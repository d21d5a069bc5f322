import { HarnessError } from '../../../harness/errors.js';

/**
 * Why there is no arbitrary.
 *
 * - `ARBITRARY_NO_METHOD`: the contract has no such method;
 * - `ARBITRARY_NOTHING_VALID`: no valid value was found in bounded tries. An `examples` in the contract helps.
 */
export type ArbitraryErrorCode = 'ARBITRARY_NO_METHOD' | 'ARBITRARY_NOTHING_VALID';

/** Thrown where values of a contract’s types cannot be generated. */
export class ArbitraryError extends HarnessError {
  readonly code: ArbitraryErrorCode;

  constructor(code: ArbitraryErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
