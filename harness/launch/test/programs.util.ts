import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach } from 'vitest';

import { launchProcess, type LaunchedProcess, type LaunchOptions } from '../index.js';
import { processesWith } from './leftovers.util.js';

const folder = mkdtempSync(join(tmpdir(), 'launch-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;

/** Writes a file into a folder that goes when the test file is done. @returns its path */
export function writeFile(contents: string | Buffer, mode = 0o755): string {
  files += 1;
  const path = join(folder, `file-${files}`);
  writeFileSync(path, contents);
  chmodSync(path, mode);
  return path;
}

/**
 * How long a process that has to be ended by the harness would sleep, in seconds: unlike any other number, so
 * that it can be found by its arguments, whatever else it gave up.
 */
export const SLEEP = `98765.${process.pid}${Math.trunc(Math.random() * 1e9)}`;

/** The processes that have become `sleep SLEEP`, and are no longer the shell or setsid that started it. */
export function sleepers(): number[] {
  return processesWith(SLEEP)
    .filter((line) => /\d \S+ +sleep /.test(line))
    .map((line) => Number.parseInt(line, 10));
}

const launched: LaunchedProcess[] = [];

/** Launches a program, which is ended after the test at the latest. */
export async function launch(
  command: LaunchOptions['command'],
  options: Omit<LaunchOptions, 'command'> = {},
): Promise<LaunchedProcess> {
  const running = await launchProcess({ command, ...options });
  launched.push(running);
  return running;
}

/** Launches a few lines of shell. */
export function launchShell(
  lines: string,
  options: Omit<LaunchOptions, 'command'> = {},
): Promise<LaunchedProcess> {
  return launch([writeFile(`#!/bin/sh\n${lines}\n`)], options);
}

/** Launches a few lines of JavaScript in Node. */
export function launchNode(
  lines: string,
  options: Omit<LaunchOptions, 'command'> = {},
): Promise<LaunchedProcess> {
  return launch([process.execPath, '-e', lines], options);
}

afterEach(async () => {
  await Promise.all(launched.splice(0).map((running) => running.end()));
  const left = processesWith(SLEEP);
  if (left.length > 0) throw new Error(`This test left processes behind:\n${left.join('\n')}`);
});
