import { afterEach } from 'vitest';

import { LaunchedPlugin, type Client, type Connection, type LaunchOptions } from '../client/index.js';
import { compile } from '../test/compiled.util.js';

const SOURCE = 'harness/server/test-plugin.util.ts';

export interface TestPlugins {
  readonly path: string;
  /** Starts the test plugin as a host does; it is ended after the test. */
  start(options?: Partial<LaunchOptions>): Promise<LaunchedPlugin>;
  /** …and connects to it, and dispenses it. */
  open(
    options?: Partial<LaunchOptions>,
  ): Promise<{ plugin: LaunchedPlugin; connection: Connection; client: Client }>;
}

/** The test plugin, compiled once for a test file. */
export function useTestPlugins(): TestPlugins {
  const path = compile(SOURCE)(SOURCE);
  const launched: LaunchedPlugin[] = [];
  afterEach(async () => {
    await Promise.all(launched.splice(0).map((plugin) => plugin.end()));
  });
  const start: TestPlugins['start'] = async (options = {}) => {
    const plugin = await LaunchedPlugin.start({
      command: [path],
      cookie: { key: 'TEST_PLUGIN', value: 'yes' },
      versions: [1],
      startTimeoutMs: 20_000,
      callTimeoutMs: 20_000,
      ...options,
    });
    launched.push(plugin);
    return plugin;
  };
  const open: TestPlugins['open'] = async (options) => {
    const plugin = await start(options);
    const connection = await plugin.connect();
    return { plugin, connection, client: await connection.dispense('test') };
  };
  return { path, start, open };
}
