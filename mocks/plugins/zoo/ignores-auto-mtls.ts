#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Knows nothing of AutoMTLS.
await serveIglu({
  server: class extends PluginServer {
    protected override async secure(): Promise<null> {
      return null;
    }
  },
});
