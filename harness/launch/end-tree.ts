import type { FoundBy, Kin, ProcessTree } from './process-tree.js';

/** One process that came of a launched one. */
export interface ProcessInfo {
  readonly pid: number;
  readonly ppid: number;
  /** Its command line, at most 4096 bytes of it. */
  readonly command: string;
  readonly foundBy: FoundBy;
}

export interface TreeEnd {
  /** Everything that was still alive and got SIGKILL, the launched process included (`foundBy: 'self'`). */
  readonly killed: readonly ProcessInfo[];
  /** What was alive nevertheless when the time was over: another user's, or stuck in the kernel. */
  readonly survivors: readonly ProcessInfo[];
}

/** A fork storm is found in a few rounds; what is not found frozen is found again while it is killed. */
const MAX_FREEZE_ROUNDS = 50;
const MAX_KILL_MS = 10_000;
const FIRST_WAIT_MS = 1;
const LONGEST_WAIT_MS = 50;

export function describeKin(tree: ProcessTree, kin: Kin): ProcessInfo {
  return {
    pid: kin.record.pid,
    ppid: kin.record.ppid,
    command: tree.commandOf(kin),
    foundBy: kin.foundBy,
  };
}

/**
 * Ends a process and all that came of it. It yields how many milliseconds to wait before it goes on, so that it
 * runs both with an event loop and in an 'exit' handler.
 *
 * First everything is stopped, until a search finds nobody new. Who is stopped forks no more, restarts no
 * sibling, and stays the visible parent of its children. Then everything is killed, until a search finds nobody.
 */
export function* endTree(tree: ProcessTree): Generator<number, TreeEnd> {
  yield* freeze(tree);
  const killed = new Map<string, ProcessInfo>();
  const deadline = performance.now() + MAX_KILL_MS;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
    const alive = tree.scan();
    const late = performance.now() > deadline;
    if (alive.length === 0 || late) {
      return { killed: [...killed.values()], survivors: alive.map((kin) => describeKin(tree, kin)) };
    }
    for (const kin of alive)
      if (!killed.has(identity(kin))) killed.set(identity(kin), describeKin(tree, kin));
    tree.signal(alive, 'SIGKILL');
    yield wait;
  }
}

function* freeze(tree: ProcessTree): Generator<number, void> {
  const frozen = new Set<string>();
  for (let round = 0; round < MAX_FREEZE_ROUNDS; round += 1) {
    const fresh = tree.scan().filter((kin) => !frozen.has(identity(kin)));
    if (fresh.length === 0) return;
    for (const kin of fresh) frozen.add(identity(kin));
    tree.signal(fresh, 'SIGSTOP');
    yield FIRST_WAIT_MS; // A fork that was under way when the signal came is done by then.
  }
}

function identity({ record }: Kin): string {
  return `${record.pid} ${record.startTime}`;
}
