import type { TraceKind, Traces } from './evidence.js';
import type { ProcessRecord, ProcessTable } from './process-table.js';
import { SessionLedger } from './session-ledger.js';

/**
 * How a process was found to have come of a launched one: it is that one, its parent came of it, it is in the
 * process group or in a session that came of it, it has the marker in its environment, its cwd lies in the
 * launched process's folders, or it holds the launched process's stdout or stderr.
 */
export type FoundBy = 'self' | 'parent' | 'group' | 'session' | TraceKind;

export interface Kin {
  readonly record: ProcessRecord;
  readonly foundBy: FoundBy;
  /** Proven by what only a fork hands on, so that its whole session is proven too. A cwd or a pipe proves less. */
  readonly byBlood: boolean;
}

/** Everything that came of one launched process: remembered as it is seen, searched for when asked. */
export class ProcessTree {
  readonly #root: ProcessRecord;
  readonly #traces: Traces;
  readonly #table: ProcessTable;
  readonly #ourGroup: number | undefined;
  readonly #sessions: SessionLedger;
  readonly #known = new Map<number, Kin>();

  constructor(root: ProcessRecord, traces: Traces, table: ProcessTable) {
    const us = table.read(process.pid);
    this.#root = root;
    this.#traces = traces;
    this.#table = table;
    this.#ourGroup = us?.group;
    this.#sessions = new SessionLedger(us?.session);
    this.#remember({ record: root, foundBy: 'self', byBlood: true });
  }

  /** Whether the launched process itself was alive when last looked at. */
  get rootIsAlive(): boolean {
    return this.#known.has(this.#root.pid);
  }

  /**
   * Looks at those known and their children alone, which is cheap enough to be done all the time: a parent that
   * is seen now may be gone at the next scan.
   */
  glance(): void {
    // A map may grow while it is walked through, and the walk takes in what was added.
    for (const kin of this.#known.values()) {
      const { pid } = kin.record;
      const now = this.#table.read(pid);
      if (!isSame(now, kin.record)) {
        this.#known.delete(pid);
        continue;
      }
      this.#remember({ ...kin, record: now });
      for (const childPid of this.#table.childrenOf(pid)) {
        const child = this.#known.has(childPid) ? undefined : this.#table.read(childPid);
        if (child?.alive !== true || child.ppid !== pid || child.startTime < kin.record.startTime) continue;
        this.#remember({ record: child, foundBy: 'parent', byBlood: kin.byBlood });
      }
    }
  }

  /** Searches the whole process table. @returns all that is alive, the launched process included */
  scan(): Kin[] {
    // What started before the launched process did not come of it.
    const records = this.#table
      .list()
      .filter(({ pid, startTime }) => pid !== process.pid && startTime >= this.#root.startTime);
    this.#refresh(new Map(records.map((record) => [record.pid, record])));
    const strangers = new Set(records.filter(({ alive, pid }) => alive && !this.#known.has(pid)));

    this.#addRelatives(strangers);
    for (const record of strangers) {
      const foundBy = this.#table.findTrace(record, this.#traces);
      if (foundBy === undefined) continue;
      this.#remember({ record, foundBy, byBlood: foundBy === 'marker' });
      strangers.delete(record);
    }
    this.#addRelatives(strangers);
    return [...this.#known.values()];
  }

  /** Signals whole process groups first, since no fork slips out of a signal to its group; then each one alone. */
  signal(kin: readonly Kin[], signal: NodeJS.Signals): void {
    const current = kin.filter(({ record }) => this.#table.isSame(record));
    const groups = new Set(current.filter(({ byBlood }) => byBlood).map(({ record }) => record.group));
    for (const group of groups) {
      // kill(2) takes -1 for everybody and 0 for our own group.
      if (group > 1 && group !== this.#ourGroup) send(-group, signal);
    }
    for (const { record } of current) if (this.#table.isSame(record)) send(record.pid, signal);
  }

  commandOf(kin: Kin): string {
    return this.#table.commandOf(kin.record);
  }

  /** Adds, again and again, whoever has a parent or a session among those known. */
  #addRelatives(strangers: Set<ProcessRecord>): void {
    for (let before = -1; before !== strangers.size;) {
      before = strangers.size;
      for (const record of strangers) {
        const parent = this.#known.get(record.ppid);
        const bySession = this.#bySession(record);
        const foundBy = parent === undefined ? bySession : 'parent';
        if (foundBy === undefined) continue;
        this.#remember({ record, foundBy, byBlood: bySession !== undefined || parent?.byBlood === true });
        strangers.delete(record);
      }
    }
  }

  #bySession({ session, group }: ProcessRecord): 'group' | 'session' | undefined {
    if (!this.#sessions.has(session)) return undefined;
    return group === this.#root.pid ? 'group' : 'session';
  }

  #remember(kin: Kin): void {
    this.#known.set(kin.record.pid, kin);
    // The launched process leads a session of its own, so whatever session its kin are in came of it too.
    if (kin.byBlood) this.#sessions.add(kin.record.session, (pid) => this.#table.read(pid));
  }

  #refresh(byPid: ReadonlyMap<number, ProcessRecord>): void {
    this.#sessions.forget(byPid);
    for (const [pid, kin] of this.#known) {
      const now = byPid.get(pid);
      if (isSame(now, kin.record)) this.#remember({ ...kin, record: now });
      else this.#known.delete(pid);
    }
  }
}

function isSame(now: ProcessRecord | undefined, before: ProcessRecord): now is ProcessRecord {
  return now !== undefined && now.alive && now.startTime === before.startTime;
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Gone meanwhile, or another user's by now; the next scan tells which.
  }
}
