import { writeFile } from 'node:fs/promises';
import { SCHEMA_VERSION, type Report, type ReportSet } from '../report/index.js';
import { UsageError } from './usage-error.js';

/** How each kind of report is written. */
const KINDS: Readonly<Record<string, (document: Report | ReportSet) => string>> = {
  json: (document) => `${JSON.stringify(document, null, 2)}\n`,
};

export interface ReportTarget {
  readonly kind: string;
  /** `-` is stdout. */
  readonly path: string;
}

/** @throws UsageError when a word is not KIND=PATH with a kind that there is. */
export function parseReportTargets(words: readonly string[]): ReportTarget[] {
  return words.map((word) => {
    const at = word.indexOf('=');
    const kind = word.slice(0, Math.max(0, at));
    if (at <= 0 || at === word.length - 1 || !Object.hasOwn(KINDS, kind)) {
      throw new UsageError(`--report wants KIND=PATH with KIND one of ${Object.keys(KINDS).join(', ')}, and got ${JSON.stringify(word)}.`);
    }
    return { kind, path: word.slice(at + 1) };
  });
}

export async function writeReports(reports: readonly Report[], targets: readonly ReportTarget[]): Promise<void> {
  const [only] = reports;
  const document: Report | ReportSet =
    reports.length === 1 && only ? only : { schemaVersion: SCHEMA_VERSION, kind: 'set', reports };
  for (const { kind, path } of targets) {
    const text = KINDS[kind]?.(document) ?? '';
    if (path === '-') {
      process.stdout.write(text);
      continue;
    }
    await writeFile(path, text).catch((error: unknown) => {
      throw new UsageError(`The report could not be written to ${path}: ${(error as Error).message}`, { cause: error });
    });
  }
}
