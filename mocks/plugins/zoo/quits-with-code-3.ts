#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Ends with an error when it is asked to end.
await serveIglu({
  server: class extends PluginServer {
    protected override quit(): void {
      this.end(3);
    }
  },
});
