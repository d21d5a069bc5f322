import { MAX_DEPTH } from '../value/index.js';
import { GobError } from './errors.js';

/** What a peer may make the decoder hold. Everything past a limit is a GobError `GOB_LIMIT`. */
export interface GobLimits {
  /** Bytes of one message, and of all the messages that one value is spread over. At most 256 MiB. */
  readonly maxMessageBytes: number;
  /** Types that one stream may define, and names of concrete types that its interface values may have. */
  readonly maxTypes: number;
  /** Bytes of all the type definitions of one stream. */
  readonly maxTypeBytes: number;
  /** Levels of nesting of one value: structs, lists, maps and interfaces. At most {@link MAX_DEPTH}. */
  readonly maxDepth: number;
  /**
   * Values that are made for one value sent: struct fields (also those filled in with zero), list elements, map
   * keys and elements. Counted before they are made, however few bytes they take. Also the longest array type.
   */
  readonly maxElements: number;
  /** Fields of one struct type. */
  readonly maxFields: number;
  /** Bytes of a type's, a field's or a registered concrete type's name. Go allows 1024 for the last. */
  readonly maxNameBytes: number;
}

export const DEFAULT_LIMITS: GobLimits = {
  maxMessageBytes: 64 * 1024 * 1024,
  maxTypes: 4096,
  maxTypeBytes: 4 * 1024 * 1024,
  maxDepth: MAX_DEPTH,
  maxElements: 4 * 1024 * 1024,
  maxFields: 1024,
  maxNameBytes: 1024,
};

/** A string of more could not be made by every supported Node (`buffer.constants.MAX_STRING_LENGTH`). */
const MESSAGE_BYTES_CEILING = 256 * 1024 * 1024;

/** The limits with their defaults; those that a process cannot go beyond are lowered to what it can. */
export function resolveLimits(limits: Partial<GobLimits> = {}): GobLimits {
  const resolved = { ...DEFAULT_LIMITS, ...limits };
  return {
    ...resolved,
    maxMessageBytes: Math.min(resolved.maxMessageBytes, MESSAGE_BYTES_CEILING),
    maxDepth: Math.min(resolved.maxDepth, MAX_DEPTH),
  };
}

/** A `GOB_LIMIT`: `subject` is what is counted, `actual` how many of it there are or are claimed. */
export function limitError(
  subject: string,
  actual: number,
  limit: keyof GobLimits,
  limits: GobLimits,
): GobError {
  return new GobError(
    'GOB_LIMIT',
    `gob: ${subject}: ${actual}, and the limit is ${limits[limit]} (${limit}): send less, or raise the limit`,
  );
}
