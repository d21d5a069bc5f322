/**
 * The base of every error that the harness throws on purpose.
 *
 * `code` is a string literal that never changes meaning and that scripts may compare; `message` says what
 * happened, to what, with which values and limits, and what to try; `cause` is the error underneath, if any.
 */
export abstract class HarnessError extends Error {
  abstract readonly code: string;

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}
