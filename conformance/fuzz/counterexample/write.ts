import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Counterexample } from './counterexample.js';
import { CounterexampleError } from './errors.js';
import { MAX_FILE_BYTES } from './limits.js';
import { readCounterexample } from './read.js';

/** What JSON leaves as it is and a terminal obeys: DEL, C1 controls, format characters such as bidi overrides. */
const UNSAFE = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A counterexample as a JSON text that is safe to print, with a line end. */
export function counterexampleToJson(document: Counterexample): string {
  return `${JSON.stringify(document, null, 2).replace(UNSAFE, escaped)}\n`;
}

function escaped(char: string): string {
  return char
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

/** How much of the digest stands in a name, in hex digits: enough for a folder. */
const DIGEST = 12;

/** How long the readable part of a name may be. */
const NAME = 80;

/** What tells it from others of its key, in hex digits. */
export function digestOf({ key, law, what }: Counterexample): string {
  return createHash('sha256')
    .update(JSON.stringify([key, law ?? null, what]))
    .digest('hex')
    .slice(0, DIGEST);
}

/** The name of its file, from the key and what is done: the same finding has the same name on every machine. */
export function counterexampleName(document: Counterexample): string {
  const { key } = document;
  const readable = key
    .replace(/^fuzz\//, '')
    .replaceAll(/[^A-Za-z0-9.@_-]+/g, '-')
    .slice(0, NAME);
  return `${readable}-${digestOf(document)}.json`;
}

/**
 * Keeps a counterexample in a folder, which is made where there is none. One that is there already, of the same
 * contract, stays as it is: a folder in a repository does not change with every run.
 *
 * @returns its path
 * @throws CounterexampleError `COUNTEREXAMPLE_UNWRITABLE`; `COUNTEREXAMPLE_TOO_LARGE` when nobody would read it again
 */
export async function writeCounterexample(folder: string, document: Counterexample): Promise<string> {
  const path = join(folder, counterexampleName(document));
  const text = counterexampleToJson(document);
  if (Buffer.byteLength(text) > MAX_FILE_BYTES) {
    throw new CounterexampleError(
      'COUNTEREXAMPLE_TOO_LARGE',
      `The counterexample of ${document.key} is not kept: it has more than ${MAX_FILE_BYTES} bytes.`,
    );
  }
  const there = await readCounterexample(path).catch(() => undefined);
  if (
    there?.contract.sha256 === document.contract.sha256 &&
    counterexampleName(there) === counterexampleName(document)
  )
    return path;
  const draft = join(folder, `.${randomUUID()}.tmp`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(draft, text, { flag: 'wx' });
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {});
    throw new CounterexampleError(
      'COUNTEREXAMPLE_UNWRITABLE',
      `The counterexample cannot be written to ${path}: ${(cause as Error).message}`,
      { cause },
    );
  }
  return path;
}
