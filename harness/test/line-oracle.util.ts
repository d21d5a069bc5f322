import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll } from 'vitest';

import { goBuild, hasGo } from './go.util.js';

/**
 * Builds and starts, once for a test file, the Go program in `folder`, which answers one JSON line on its stdin with
 * one on its stdout. The function that it returns asks it.
 */
export function useLineOracle<Answer>(folder: URL): (question: object) => Promise<Answer> {
  let built: ReturnType<typeof goBuild>;
  let child: ChildProcess | undefined;
  let log = '';
  const waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void }[] = [];

  beforeAll(() => {
    if (!hasGo) return;
    built = goBuild(fileURLToPath(folder));
    child = spawn(built.binary, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (log += text));
    child.stdin?.on('error', () => {});
    child.on('exit', () => {
      for (const { reject } of waiting) reject(new Error(`the oracle ended: ${log}`));
    });
    if (child.stdout) {
      createInterface(child.stdout).on('line', (line) =>
        waiting.shift()?.resolve(JSON.parse(line) as Answer),
      );
    }
  }, 120_000);

  afterAll(async () => {
    if (!child) return;
    child.stdin?.end();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    built.remove();
  });

  return (question) =>
    new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child?.stdin?.write(`${JSON.stringify(question)}\n`);
    });
}
