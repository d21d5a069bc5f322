#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Compares the magic cookie as if it were a person's name.
await serveIglu({
  server: class extends PluginServer {
    protected override admits(): boolean {
      const { key, value } = this.options.cookie;
      return this.env[key]?.toLowerCase() === value.toLowerCase();
    }
  },
});
