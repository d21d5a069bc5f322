import { expect, test } from 'vitest';

import type { ProcessRecord } from './process-table.js';
import { SessionLedger } from './session-ledger.js';

const OURS = 40;

function process(pid: number, session: number, startTime: number): ProcessRecord {
  return {
    pid,
    ppid: 1,
    group: session,
    session,
    hasTerminal: false,
    alive: true,
    startTime,
  };
}

function table(...records: ProcessRecord[]): Map<number, ProcessRecord> {
  return new Map(records.map((record) => [record.pid, record]));
}

const leader = process(50, 50, 1000);
const member = process(51, 50, 1001);

function ledgerWith(found: ProcessRecord | undefined): SessionLedger {
  const ledger = new SessionLedger(OURS);
  ledger.add(50, () => found);
  return ledger;
}

test('a session stays while anybody is in it, whether or not its leader lives', () => {
  const ledger = ledgerWith(leader);
  for (const records of [table(leader, member), table(member), table(member), table(member)]) {
    ledger.forget(records);
    expect(ledger.has(50)).toBe(true);
  }
});

test('a session that was twice found empty is closed for good', () => {
  const ledger = ledgerWith(leader);
  ledger.forget(table());
  ledger.forget(table(member)); // A scan is no snapshot, and may miss somebody.
  ledger.forget(table());
  expect(ledger.has(50)).toBe(true);
  ledger.forget(table());
  expect(ledger.has(50)).toBe(false);
  ledger.forget(table(member));
  expect(ledger.has(50)).toBe(false);
});

test('a session number with another leader is somebody else', () => {
  const ledger = ledgerWith(leader);
  ledger.forget(table(process(50, 50, 2000), member));
  expect(ledger.has(50)).toBe(false);

  const orphaned = ledgerWith(undefined);
  orphaned.forget(table(member));
  expect(orphaned.has(50)).toBe(true);
  orphaned.forget(table(process(50, 50, 2000)));
  expect(orphaned.has(50)).toBe(false);
});

test('our own session, and those of init and the kernel, are never taken in', () => {
  const ledger = new SessionLedger(OURS);
  for (const session of [OURS, 1, 0]) ledger.add(session, () => leader);
  for (const session of [OURS, 1, 0]) expect(ledger.has(session)).toBe(false);
});
