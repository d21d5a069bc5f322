#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Announces its version as a word.
await serveIglu({
  server: class extends PluginServer {
    protected override announce(line: string): void {
      super.announce(line.replace(/^1\|1/, '1|one'));
    }
  },
});
