import { quote } from '../quote.js';

/** A field as a step of a path: `.Name`, or `["…"]` for a name that no Go program has. */
export function fieldStep(name: string): string {
  return /^[\p{L}_][\p{L}\p{Nd}_]*$/u.test(name) ? `.${name}` : `[${quote(name)}]`;
}
