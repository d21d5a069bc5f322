import { spawn } from 'node:child_process';

/** How long a process stays stopped when nobody kills it, in ms. */
const MAX_STOPPED_MS = 60_000;

/** Kills its parent in the end; ends itself at once when the pipe from there breaks. */
const GUARD = `
process.stdin.on('end', () => process.exit()).on('error', () => process.exit()).resume();
setTimeout(() => process.kill(process.ppid, 'SIGKILL'), ${MAX_STOPPED_MS});
`;

/** Stops this process, with all its threads, as a debugger does. One that is stopped has no timer of its own. */
export function stop(): void {
  spawn(process.execPath, ['-e', GUARD], { stdio: ['pipe', 'ignore', 'ignore'] }).unref();
  process.kill(process.pid, 'SIGSTOP');
}
