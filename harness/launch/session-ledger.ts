import type { ProcessRecord } from './process-table.js';

/** How many scans in a row must find nobody in a session, since a scan is no snapshot. */
const SCANS_TO_CLOSE = 2;

interface Session {
  /** When its leader started; undefined when the leader was dead already. */
  readonly leaderStart: number | undefined;
  emptyScans: number;
}

/**
 * The sessions that came of a launched process. The kernel uses a session's number for nothing else while anyone
 * is in it, but may do so afterwards: a session that is empty, or has another leader, is forgotten for good.
 */
export class SessionLedger {
  readonly #sessions = new Map<number, Session>();
  readonly #never: number | undefined;

  /** @param never our own session, which is never one of theirs */
  constructor(never: number | undefined) {
    this.#never = never;
  }

  has(session: number): boolean {
    return this.#sessions.has(session);
  }

  add(session: number, findLeader: (pid: number) => ProcessRecord | undefined): void {
    if (session <= 1 || session === this.#never || this.#sessions.has(session)) return;
    this.#sessions.set(session, { leaderStart: findLeader(session)?.startTime, emptyScans: 0 });
  }

  forget(byPid: ReadonlyMap<number, ProcessRecord>): void {
    const inhabited = new Set([...byPid.values()].filter(({ alive }) => alive).map(({ session }) => session));
    for (const [number, session] of this.#sessions) {
      session.emptyScans = inhabited.has(number) ? 0 : session.emptyScans + 1;
      const leader = byPid.get(number);
      const usedAgain = leader !== undefined && leader.startTime !== session.leaderStart;
      if (usedAgain || session.emptyScans === SCANS_TO_CLOSE) this.#sessions.delete(number);
    }
  }
}
