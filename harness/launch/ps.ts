import { execaSync } from 'execa';

import type { ProcessRecord } from './process-table.js';

/** POSIX names, save lstart, which BSD, macOS and Linux share. `=` leaves out the heading. */
const COLUMNS = ['pid=', 'ppid=', 'pgid=', 'stat=', 'lstart=', 'command='].flatMap((column) => [
  '-o',
  column,
]);
/** Five columns and a date such as `Sat Nov 22 16:00:00 2025`. */
const LINE = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d+)\s+(.*)$/;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 5000;

/** Every process as ps(1) lists it, for systems without /proc. */
export function listByPs(selection: readonly string[] = ['-A']): ProcessRecord[] {
  const { stdout } = execaSync('ps', [...selection, '-ww', ...COLUMNS], {
    env: { LC_ALL: 'C' },
    reject: false, // ps exits 1 when the selection matches nothing.
    stdin: 'ignore',
    stderr: 'ignore',
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: TIMEOUT_MS,
  });
  return stdout.split('\n').flatMap((line) => parse(line) ?? []);
}

function parse(line: string): ProcessRecord | undefined {
  const [, pid, ppid, group, state = '', started = '', command = ''] = LINE.exec(line) ?? [];
  if (pid === undefined) return undefined;
  return {
    pid: Number(pid),
    ppid: Number(ppid),
    group: Number(group),
    // macOS does not print session ids. A launched process leads its group just as it leads its session.
    session: Number(group),
    hasTerminal: false,
    alive: !state.startsWith('Z'),
    startTime: Date.parse(started),
    command,
  };
}
