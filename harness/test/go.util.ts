import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function goVersion(): string | undefined {
  const result = spawnSync('go', ['version'], { encoding: 'utf8' });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

/** Whether `go` is on PATH. A CI without it fails: its oracles would be skipped silently. */
export const hasGo: boolean = goVersion() !== undefined;

if (!hasGo) {
  const text = 'go is not on PATH: tests that compare with Go itself cannot run';
  if (process.env['CI']) throw new Error(text);
  console.warn(`\n*** ${text} and are skipped ***\n`);
}

/** Runs `go ...args` in `dir`; returns its stdout. Throws with its stderr when it fails. */
export function goRun(dir: string, args: readonly string[]): string {
  const result = spawnSync('go', args, { cwd: dir, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  if (result.status !== 0)
    throw new Error(`go ${args.join(' ')} in ${dir}: ${result.error?.message ?? result.stderr}`);
  return result.stdout;
}

/** Builds the Go program in `dir` into a temp folder of its own; `remove` deletes that. */
export function goBuild(dir: string): { readonly binary: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'go-oracle-'));
  const binary = join(folder, 'oracle');
  goRun(dir, ['build', '-o', binary, '.']);
  return { binary, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
