#!/usr/bin/env node
import {
  PluginConnection,
  PluginServer,
  type PluginConnectionOptions,
} from '../../../harness/server/index.js';
import type { Duplex } from 'node:stream';
import { serveIglu } from '../iglu.js';

// Gives its plugin away once for each connection.
class Connection extends PluginConnection {
  #dispensed = false;

  protected override dispense(name: string): number {
    if (this.#dispensed) throw new Error('already dispensed');
    const id = super.dispense(name);
    this.#dispensed = true;
    return id;
  }
}

await serveIglu({
  server: class extends PluginServer {
    protected override connection(transport: Duplex, options: PluginConnectionOptions): PluginConnection {
      return new Connection(transport, options);
    }
  },
});
