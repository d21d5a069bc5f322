import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, onTestFinished } from 'vitest';
import {
  LaunchedPlugin,
  type Client,
  type Connection,
  type LaunchOptions,
} from '../../../harness/client/index.js';
import { loadContract } from '../../../harness/contract/index.js';
import { compile } from '../../../harness/test/compiled.util.js';
import type * as Watched from './index.js';

const SOURCE = 'mocks/plugins/watched/index.ts';

/** A watched plugin under our own client. */
export interface Launched {
  readonly plugin: LaunchedPlugin;
  readonly path: string;
  readonly open: () => Promise<{ connection: Connection; client: Client }>;
  /** The events of its only launch. */
  readonly events: () => Promise<readonly Watched.WatchedEvent[]>;
  /** Those of one kind. */
  readonly told: <Name extends Watched.WatchedEventName>(
    name: Name,
  ) => Promise<Watched.WatchedEventOf<Name>[]>;
}

/** This folder compiled, once for a test file: what a plugin's own process runs has to be JavaScript. */
export function useWatched(): () => typeof Watched {
  const compiled = compile(SOURCE);
  let watched: typeof Watched | undefined;
  beforeAll(async () => {
    watched = (await import(pathToFileURL(compiled(SOURCE)).href)) as typeof Watched;
  });
  return () => {
    if (watched) return watched;
    throw new Error('the mocks are compiled before the first test');
  };
}

/** A folder for the files of one test. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'watched-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes and starts a plugin of the Iglu contract; it is ended after the test. */
export async function launchWatched(
  watched: typeof Watched,
  behaviour: Watched.BehaviourName,
  changes: Partial<LaunchOptions> & { readonly id?: string } = {},
): Promise<Launched> {
  const { id, ...options } = changes;
  const folder = testFolder();
  const path = join(folder, 'plugin');
  const record = join(folder, 'record');
  const contract = await loadContract('iglu');
  await watched.writeWatched({
    path,
    contract: 'iglu',
    record,
    behaviour,
    ...(id === undefined ? {} : { id }),
  });
  const { magicCookieKey: key, magicCookieValue: value } = contract.handshake;
  const plugin = await LaunchedPlugin.start({
    command: [path],
    cookie: { key, value },
    versions: [1],
    plugins: contract.plugins,
    startTimeoutMs: 20_000,
    callTimeoutMs: 20_000,
    ...options,
  });
  onTestFinished(() => plugin.end());
  const events: Launched['events'] = async () => (await watched.readRecord(record))[0]?.events ?? [];
  return {
    plugin,
    path,
    events,
    async open() {
      const connection = await plugin.connect();
      return { connection, client: await connection.dispense('iglu_plugin') };
    },
    told: async <Name extends Watched.WatchedEventName>(name: Name) =>
      (await events()).filter((event) => event.event === name) as Watched.WatchedEventOf<Name>[],
  };
}
