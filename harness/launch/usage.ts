import { readdirSync, readFileSync } from 'node:fs';

/** What processes take of the machine at a moment. */
export interface ProcessUsage {
  /** Open file descriptors. */
  readonly descriptors: number;
  /** Memory that is not swapped out, in bytes. */
  readonly residentBytes: number;
}

/** VmRSS of /proc/<pid>/status is in units that it calls kB and that are KiB (proc_pid_status(5)). */
const RESIDENT = /^VmRSS:\s+(\d+) kB$/m;

/** What these take together; those that are gone take nothing. `undefined` without /proc. */
export function usageOf(pids: readonly number[]): ProcessUsage | undefined {
  let descriptors = 0;
  let residentBytes = 0;
  let seen = false;
  for (const pid of pids) {
    try {
      descriptors += readdirSync(`/proc/${pid}/fd`).length;
      residentBytes += 1024 * Number(RESIDENT.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
      seen = true;
    } catch {
      // It is gone, or is not ours to look into.
    }
  }
  return seen ? { descriptors, residentBytes } : undefined;
}
