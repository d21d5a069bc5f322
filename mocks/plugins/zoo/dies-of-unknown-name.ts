#!/usr/bin/env node
import {
  PluginConnection,
  PluginServer,
  type PluginConnectionOptions,
} from '../../../harness/server/index.js';
import type { Duplex } from 'node:stream';
import { serveIglu } from '../iglu.js';

// Ends when it is asked for a plugin that it does not have.
class Connection extends PluginConnection {
  protected override dispense(name: string): number {
    if (!this.options.plugins.has(name)) process.exit(2);
    return super.dispense(name);
  }
}

await serveIglu({
  server: class extends PluginServer {
    protected override connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
      return new Connection(transport, options);
    }
  },
});
