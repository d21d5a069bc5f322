#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Does not ask for the magic cookie.
await serveIglu({
  server: class extends PluginServer {
    protected override admits(): boolean {
      return true;
    }
  },
});
