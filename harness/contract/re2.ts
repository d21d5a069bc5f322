import { loadRe2 } from './lazy.js';

/**
 * Why Go's regexp does not compile a pattern, in Go's words; `undefined` when it does.
 * re2js is a port of that package, with its syntax and its limits.
 */
export function re2Mistake(pattern: string): string | undefined {
  const why = compileMistake(pattern);
  // The one difference: Go lets two groups have the same name.
  return why?.includes(DUPLICATE_NAME) === true ? compileMistake(withDistinctNames(pattern)) : why;
}

const DUPLICATE_NAME = 'duplicate capture group name';

/** A number at the end of each group's name. In a class or a quotation, where it is no name, it does no harm. */
function withDistinctNames(pattern: string): string {
  let number = 0;
  return pattern.replaceAll(/(\(\?P?<\w+)>/g, (_, start: string) => `${start}_${number++}>`);
}

function compileMistake(pattern: string): string | undefined {
  try {
    loadRe2().RE2JS.compile(pattern);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** What ajv needs of a regular expression. `toString` is the key under which it shares compiled ones. */
export interface LinearPattern {
  test(text: string): boolean;
  toString(): string;
}

/**
 * A JavaScript pattern, matched by RE2: in time linear in the text, since the text may be a hostile plugin's.
 *
 * @throws Error when RE2 cannot match it (lookaround, backreferences)
 */
export function linearPattern(pattern: string): LinearPattern {
  const { RE2JS } = loadRe2();
  const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern));
  return { test: (text) => compiled.test(text), toString: () => pattern };
}

/** Why a pattern cannot be used in a contract: JavaScript or RE2 does not understand it. */
export function patternMistake(pattern: string): string | undefined {
  try {
    RegExp(pattern, 'u');
    linearPattern(pattern);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
