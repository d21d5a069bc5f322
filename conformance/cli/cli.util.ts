import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect } from 'vitest';
import { MARKER_VARIABLE } from '../../harness/launch/environment.js';
import { readReport, type CheckResult, type Report, type ReportSet } from '../report/index.js';
import { built } from '../run/built.util.js';
import { filesIn, processesOf, tempFolder } from '../run/temp-folder.util.js';

export const MAIN: string = built('conformance/cli/main.js');

export interface CliOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface CliRun {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

const folder = tempFolder();
let runs = 0;

/**
 * What the command line is given to live with: a temp folder of its own, and nothing of the environment of the tests
 * but PATH and the mark by which the suite finds what it left.
 */
export function cleanEnvironment(): Readonly<Record<'PATH' | 'HOME' | 'TMPDIR', string>> {
  runs += 1;
  const TMPDIR = join(folder, `t${runs}`);
  mkdirSync(TMPDIR);
  const mark = process.env[MARKER_VARIABLE];
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    TMPDIR,
    ...(mark === undefined ? {} : { [MARKER_VARIABLE]: mark }),
  };
}

/** Runs iglu-conformance as a process. However it ends, no process, socket or file of the run may be left. */
export async function cli(args: readonly string[], { env = {}, cwd }: CliOptions = {}): Promise<CliRun> {
  const own = cleanEnvironment();
  const { exitCode, stdout, stderr } = await execa(process.execPath, [MAIN, ...args], {
    env: { ...own, ...env },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
    stdin: 'ignore',
    ...(cwd === undefined ? {} : { cwd }),
  });
  expectNothingLeft(own.TMPDIR);
  return { exitCode, stdout, stderr };
}

export function expectNothingLeft(temp: string): void {
  expect(filesIn(temp)).toEqual([]);
  expect(processesOf(temp)).toEqual([]);
}

export interface JudgedRun extends CliRun {
  readonly report: Report;
  readonly results: ReadonlyMap<string, CheckResult>;
}

/** Runs it with a JSON report, which has to be there whatever comes of the run, and to be one by its schema. */
export async function judge(args: readonly string[], options: CliOptions = {}): Promise<JudgedRun> {
  const { document, ...run } = await judgeSet(args, options);
  if (document.kind !== 'report') throw new Error('This is a report of several subjects.');
  return { ...run, report: document, results: new Map(document.checks.map((check) => [check.key, check])) };
}

/** The same for any number of subjects. */
export async function judgeSet(
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliRun & { readonly document: Report | ReportSet }> {
  const path = join(folder, `report-${runs + 1}.json`);
  const at = args.includes('--') ? args.indexOf('--') : args.length;
  const run = await cli([...args.slice(0, at), '--report', `json=${path}`, ...args.slice(at)], options);
  if (!existsSync(path)) throw new Error(`No report was written: ${run.stderr}`);
  return { ...run, document: readReport(readFileSync(path, 'utf8'), path) };
}

export function firstLine(text: string): string {
  return text.slice(0, text.indexOf('\n'));
}

/** Keys of what was asked for, in the order of the report. */
export function selectedKeys({ checks }: Report): string[] {
  return checks.filter(({ selected }) => selected).map(({ key }) => key);
}

/** Keys of the musts that passed. */
export function mustsPassed({ checks }: Report): string[] {
  return checks
    .filter(({ level, outcome }) => level === 'must' && outcome === 'passed')
    .map(({ key }) => key);
}
