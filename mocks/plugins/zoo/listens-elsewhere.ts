#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Sends its host to another machine (a documentation address, RFC 5737).
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(line.replace(/unix\|[^|]+/, 'tcp|192.0.2.1:4711'));
    }
  },
});
