#!/usr/bin/env node
import { serveIglu } from '../iglu.js';
import { PluginServer } from '../../../harness/server/index.js';

// Prints the handshake where no host looks for it.
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      process.stderr.write(`${line}\n`);
    }
  },
});
