#!/usr/bin/env node
import type { Client, Connection, LaunchedPlugin } from '../../../harness/client/index.js';
import { serveHost } from '../adapter/serve-host.js';
import type { Settings } from '../options.js';
import type { PluginRun } from '../plugin-run.js';
import { ReferenceHost } from '../reference-host.js';

/** The longest that setTimeout takes (Node's TIMEOUT_MAX): 24 days. */
const FOREVER_MS = 2 ** 31 - 1;

// Asks a plugin to Quit, and waits until it does: nothing is ever killed.
await serveHost({
  host: class extends ReferenceHost {
    protected override makeRun(
      launched: LaunchedPlugin,
      connection: Connection,
      client: Client,
      settings: Settings,
    ): PluginRun {
      return super.makeRun(launched, connection, client, { ...settings, stopTimeoutMs: FOREVER_MS });
    }
  },
});
