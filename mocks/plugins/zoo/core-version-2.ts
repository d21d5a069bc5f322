#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Announces a core protocol version that there is not.
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(line.replace(/^1/, '2'));
    }
  },
});
