import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counterexample } from './counterexample.js';
import { CounterexampleError } from './errors.js';
import { MAX_FILE_BYTES, MAX_FILES } from './limits.js';
import { parseCounterexample } from './parse.js';

/** The counterexamples of a folder. */
export interface Counterexamples {
  readonly found: readonly SavedCounterexample[];
  /** What lies there and is none, and why not. */
  readonly passedOver: readonly string[];
}

export interface SavedCounterexample {
  readonly path: string;
  readonly document: Counterexample;
}

/** Reads one file. @throws CounterexampleError, all but `COUNTEREXAMPLE_UNWRITABLE` */
export async function readCounterexample(path: string): Promise<Counterexample> {
  return parseCounterexample(await readText(path), path);
}

/**
 * Reads every `.json` file of a folder, by name. What is no counterexample is passed over, and so is what comes after
 * {@link MAX_FILES} of them. A folder that is not there has none.
 *
 * @throws CounterexampleError `COUNTEREXAMPLE_UNREADABLE` when the folder cannot be read
 */
export async function readCounterexamples(folder: string): Promise<Counterexamples> {
  const names = (await namesIn(folder)).filter((name) => name.endsWith('.json')).sort();
  const found: SavedCounterexample[] = [];
  const passedOver = names
    .slice(MAX_FILES)
    .map((name) => `${join(folder, name)}: more than ${MAX_FILES} files`);
  for (const name of names.slice(0, MAX_FILES)) {
    const path = join(folder, name);
    try {
      found.push({ path, document: await readCounterexample(path) });
    } catch (error) {
      if (!(error instanceof CounterexampleError)) throw error;
      passedOver.push(error.message);
    }
  }
  return { found, passedOver };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new CounterexampleError(
      'COUNTEREXAMPLE_UNREADABLE',
      `The folder ${folder} cannot be read: ${message}`,
      {
        cause,
      },
    );
  }
}

async function readText(path: string): Promise<string> {
  try {
    // A named pipe would be waited for until somebody writes.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const entry = await file.stat();
      if (!entry.isFile())
        throw new CounterexampleError('COUNTEREXAMPLE_UNREADABLE', `${path} is not a file.`);
      if (entry.size > MAX_FILE_BYTES) {
        throw new CounterexampleError(
          'COUNTEREXAMPLE_TOO_LARGE',
          `${path} has ${entry.size} bytes, more than the ${MAX_FILE_BYTES} that a counterexample may have.`,
        );
      }
      return (await file.readFile()).toString('utf8');
    } finally {
      await file.close();
    }
  } catch (cause) {
    if (cause instanceof CounterexampleError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      throw new CounterexampleError('COUNTEREXAMPLE_NOT_FOUND', `There is no file ${path}.`, { cause });
    }
    throw new CounterexampleError('COUNTEREXAMPLE_UNREADABLE', `${path} cannot be read: ${message}`, {
      cause,
    });
  }
}
