#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Announces a protocol that no host knows.
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(line.replace('netrpc', 'http'));
    }
  },
});
