#!/usr/bin/env node
import { HostAdapter } from '../adapter/host-adapter.js';
import { serveHost } from '../adapter/serve-host.js';

// Handles SIGINT and SIGHUP alone: SIGTERM ends it at once, and leaves its plugins to init.
await serveHost({
  adapter: class extends HostAdapter {
    override serve(): Promise<void> {
      process.removeAllListeners('SIGTERM');
      return super.serve();
    }
  },
});
