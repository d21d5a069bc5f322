#!/usr/bin/env node
import { PluginServer } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';

// Looks whether the cookie is there, not what it is.
await serveIglu({
  server: class extends PluginServer {
    protected override admits(): boolean {
      return this.env[this.options.cookie.key] !== undefined;
    }
  },
});
