#!/usr/bin/env node
import { PluginConnection } from '../../../harness/server/index.js';
import { serveIglu } from '../iglu.js';
import { withConnection } from '../with-connection.js';

// Ends when it is asked for a plugin that it does not have.
class Connection extends PluginConnection {
  protected override dispense(name: string): number {
    if (!this.options.plugins.has(name)) process.exit(2);
    return super.dispense(name);
  }
}

await serveIglu({ server: withConnection(Connection) });
