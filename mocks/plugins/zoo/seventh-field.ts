#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Prints a seventh field that nobody asked for.
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(`${line}|true`);
    }
  },
});
