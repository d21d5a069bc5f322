import { MAX_DEPTH } from '../../../harness/value/index.js';

/** Larger files are neither read nor written, in bytes: arguments of 1 MiB are usual, a hundred of them are not. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** How deeply a file may be nested: a map of {@link MAX_DEPTH} maps is three levels of JSON for each of them. */
export const MAX_NESTING = 3 * MAX_DEPTH + 32;

/** Calls of all steps together, with their repetitions. */
export const MAX_CALLS = 1_000_000;

/** Files of a folder that are read. */
export const MAX_FILES = 1_000;
