#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Ends when somebody presses Ctrl-C.
await serveIglu({
  server: class extends PluginServer {
    protected override onInterrupt(): void {
      this.end(0);
    }
  },
});
