import type { Connection, LaunchedPlugin } from '../../harness/client/index.js';
import { HarnessError } from '../../harness/errors.js';

/** What a host does first with a plugin that has shaken hands, in this order. */
export type ArrivalStep = 'connect' | 'streams' | 'ping' | 'dispense';

/** How far a host got. */
export interface Arrival {
  readonly plugin: LaunchedPlugin;
  /** The step that failed, and why; `undefined` when the host arrived. */
  readonly failure:
    { readonly step: ArrivalStep; readonly error: HarnessError; readonly name?: string } | undefined;
  /** Round trip of the first Ping, in ms. */
  readonly pingMs: number | undefined;
}

/** Connects, waits for the three streams, pings, and dispenses each of the names. */
export async function arrive(
  plugin: LaunchedPlugin,
  names: Iterable<string>,
  timeoutMs: number,
): Promise<Arrival> {
  let step: ArrivalStep = 'connect';
  let name: string | undefined;
  let pingMs: number | undefined;
  let connection: Connection | undefined;
  try {
    connection = await plugin.connect();
    step = 'streams';
    await connection.streamsAccepted(timeoutMs);
    step = 'ping';
    pingMs = await connection.ping();
    step = 'dispense';
    for (name of names) await connection.dispense(name);
    return { plugin, failure: undefined, pingMs };
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    return { plugin, failure: { step, error, ...(name === undefined ? {} : { name }) }, pingMs };
  } finally {
    connection?.destroy();
  }
}
