#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Stays when its host is gone, as stock go-plugin does.
await serveIglu({
  server: class extends PluginServer {
    protected override onLastConnectionClosed(): void {}
  },
});
