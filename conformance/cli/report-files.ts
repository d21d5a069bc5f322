import { access, constants, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { reportToJson, SCHEMA_VERSION, type Report, type ReportSet } from '../report/index.js';
import { UsageError } from './usage-error.js';

/** How each kind of report is written. */
const KINDS: Readonly<Record<string, (document: Report | ReportSet) => string>> = {
  json: reportToJson,
};

/** What --report asks for. */
export interface ReportTarget {
  readonly kind: string;
  /** `-` is stdout. */
  readonly path: string;
}

/**
 * @throws UsageError when a word is not KIND=PATH with a kind that there is, when the folder of a path is not there,
 * or when two reports are to go to stdout
 */
export async function reportTargets(words: readonly string[]): Promise<ReportTarget[]> {
  const targets = words.map(parseTarget);
  if (targets.filter(({ path }) => path === '-').length > 1) {
    throw new UsageError('Only one --report can go to stdout.');
  }
  // Better said now than when the run is over.
  for (const { path } of targets)
    if (path !== '-') await access(dirname(path), constants.W_OK).catch(refused(path));
  return targets;
}

function parseTarget(word: string): ReportTarget {
  const at = word.indexOf('=');
  const kind = word.slice(0, Math.max(0, at));
  if (at <= 0 || at === word.length - 1 || !Object.hasOwn(KINDS, kind)) {
    const kinds = Object.keys(KINDS).join(', ');
    throw new UsageError(
      `--report wants KIND=PATH with KIND one of ${kinds}, and got ${JSON.stringify(word)}.`,
    );
  }
  return { kind, path: word.slice(at + 1) };
}

/** One report as it is, several as a set. */
export function documentOf(reports: readonly Report[]): Report | ReportSet {
  const [first, ...more] = reports;
  return first && more.length === 0 ? first : { schemaVersion: SCHEMA_VERSION, kind: 'set', reports };
}

/** @throws UsageError when a file cannot be written */
export async function writeReports(
  document: Report | ReportSet,
  targets: readonly ReportTarget[],
): Promise<void> {
  for (const { kind, path } of targets) {
    const text = KINDS[kind]?.(document) ?? '';
    if (path === '-') process.stdout.write(text);
    else await writeFile(path, text).catch(refused(path));
  }
}

function refused(path: string): (error: Error) => never {
  return (cause) => {
    throw new UsageError(`The report cannot be written to ${path}: ${cause.message}`, { cause });
  };
}
