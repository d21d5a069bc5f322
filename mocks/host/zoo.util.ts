import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { until } from '../../harness/launch/test/leftovers.util.js';
import type { Driver } from './adapter/driver.util.js';
import { isAlive } from './hosts.util.js';

/** How long to wait for what does not come: longer than a ping may take. */
const NEVER_MS = 4_000;

/** What a driver sees of a host with one fault, and of the good one. */
export interface Fault {
  /** Put into the folder beside the plugin `a`. */
  readonly with?: () => void;
  /** What a driver sees, when `a` is Running in process `pid`. */
  readonly see: (driver: Driver, pid: number) => Promise<unknown>;
  /** What it sees of the reference host, and of the broken one. */
  readonly good: unknown;
  readonly bad: unknown;
}

export const kindOf = (request: Promise<unknown>): Promise<string> =>
  request.then(
    () => 'answered',
    (error: { kind?: string; message: string }) => error.kind ?? error.message,
  );
export const toggle = (driver: Driver, Id: string): Promise<string> =>
  kindOf(driver.request('call', { id: 'a', method: 'OnDeviceToggle', args: { Id, Status: true } }));
export const hangingCall = (driver: Driver): Promise<string> =>
  kindOf(driver.request('call', { id: 'a', method: 'GetDeviceStatus', args: { UniqueID: '' } }));
/** What is answered, or `silence` when it would long have been. */
export const orSilence = (answer: Promise<unknown>, ms: number = NEVER_MS): Promise<unknown> =>
  Promise.race([answer, delay(ms).then(() => 'silence')]);
/** The state of `a`, once it is Crashed, or when it would long have been. */
export const stateInTheEnd = async (driver: Driver): Promise<string> => {
  const until = Date.now() + NEVER_MS;
  let state: string;
  do {
    await delay(20);
    ({ state } = await driver.get('a'));
  } while (state !== 'Crashed' && Date.now() < until);
  return state;
};

/** What is left of a plugin whose host has ended; it is taken away. */
export async function orphan(driver: Driver, pid: number): Promise<{ left: boolean; files: number }> {
  await driver.process;
  const left = isAlive(pid);
  if (left) process.kill(pid, 'SIGKILL');
  await until(() => !isAlive(pid));
  const files = readdirSync(tmpdir());
  for (const file of files) rmSync(join(tmpdir(), file), { recursive: true });
  return { left, files: files.length };
}

/** Gives the text of a plugin with an id, and with handlers of its own. */
export type MakePlugin = (id: string, handlers?: string) => string;
