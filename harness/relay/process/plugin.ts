import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { Guard } from './guard.js';

/** Signals that are the plugin's to act on: go-plugin's own ignore SIGINT, say (server.go, `Serve`). */
const PASSED_ON = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const;

export interface Plugin {
  readonly pid: number;
  readonly stdout: Readable;
  readonly exit: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

/**
 * Starts the real plugin with all that the host gave, in a process group of its own, which the guard ends. From then
 * on signals that would end us go to the plugin.
 *
 * @throws Error when it cannot be started
 */
export async function launchPlugin(
  [program, ...args]: readonly [string, ...string[]],
  guard: Guard,
): Promise<Plugin> {
  const child = spawn(program, [...args, ...process.argv.slice(2)], {
    detached: true,
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  const { pid, stdout } = child;
  const exit: Plugin['exit'] = new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve({ code, signal })),
  );
  const started = new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  if (pid !== undefined) {
    guard.watch(pid);
    for (const signal of PASSED_ON) process.on(signal, () => void child.kill(signal));
  }
  await started;
  // Never without a pid: the start would have failed.
  return { pid: pid ?? 0, stdout, exit };
}
