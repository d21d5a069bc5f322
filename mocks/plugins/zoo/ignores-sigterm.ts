#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Does not end on SIGTERM.
await serveIglu({
  server: class extends PluginServer {
    protected override onTerminate(): void {}
  },
});
