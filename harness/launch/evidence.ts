import { cwdOf, environmentContains, openLinksOf, readProcess } from './procfs.js';
import type { ProcessRecord } from './process-table.js';

/** What a launched process hands on to what it starts, and by which that can be known. */
export interface Traces {
  /** In the value of an environment variable; unguessable. */
  readonly marker: string;
  /** The launched process's folders, without symbolic links in the path. */
  readonly folder: string;
  /** Its stdout and stderr, as /proc/<pid>/fd shows them. */
  readonly links: ReadonlySet<string>;
}

export type TraceKind = 'marker' | 'cwd' | 'pipe';

/** Which trace a process bears, by /proc. The checks stand in the order of how much each proves. */
export function findTrace(record: ProcessRecord, traces: Traces): TraceKind | undefined {
  if (environmentContains(record.pid, traces.marker)) return 'marker';
  if (openLinksOf(record.pid).some((link) => traces.links.has(link))) return 'pipe';
  return isOrphanWithin(record, traces.folder) ? 'cwd' : undefined;
}

/**
 * A cwd alone proves little: a person may look into the folder with a shell, or a cleaner may walk through it.
 * But those have a terminal, or a parent of their own. What our process left behind has neither: the kernel
 * gave it to init, or to an ancestor of ours that reaps orphans (PR_SET_CHILD_SUBREAPER).
 */
function isOrphanWithin(record: ProcessRecord, folder: string): boolean {
  if (record.hasTerminal) return false;
  const cwd = cwdOf(record.pid);
  if (cwd === undefined || !(cwd === folder || cwd.startsWith(`${folder}/`))) return false;
  return ourAncestors().has(record.ppid);
}

function ourAncestors(): Set<number> {
  const ancestors = new Set([1]);
  for (let pid = process.ppid; pid > 1 && !ancestors.has(pid); pid = readProcess(pid)?.ppid ?? 1) {
    ancestors.add(pid);
  }
  return ancestors;
}
