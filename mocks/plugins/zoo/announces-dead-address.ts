#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Announces a socket that is not there.
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(line.replace(/unix\|[^|]+/, (address) => `${address}-gone`));
    }
  },
});
